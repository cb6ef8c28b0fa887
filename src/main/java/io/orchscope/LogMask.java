package io.orchscope;

import io.orchscope.evidence.LineMask;
import io.orchscope.secret.SecretMask;

/** What is taken out of a log of MDSO's hosts before it is kept. */
final class LogMask implements LineMask {

  private final SecretMask mask = new SecretMask();

  @Override
  public Masked mask(String line) {
    SecretMask.Masked masked = mask.mask(line);
    return new Masked(masked.line(), masked.secrets());
  }

  @Override
  public boolean isWithinSecret() {
    return mask.isWithinKey();
  }
}
