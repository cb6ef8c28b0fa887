package io.orchscope.alert;

import io.orchscope.defect.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What failures have in common that are told together. Source: webex.md §2.
 *
 * @param environment the operator's name for the MDSO
 * @param defectCode or {@code UNCLASSIFIED}
 */
public record GroupKey(
    String environment, String productType, String defectCode, Fingerprint fingerprint) {

  private static final int HEX_DIGITS = 16;

  /** The group's name in the ledger, in links and in commands: 16 hex digits. */
  public String id() {
    return digest(
        environment + "\n" + productType + "\n" + defectCode + "\n" + fingerprint.value());
  }

  /** The name of a circuit of a product, short whatever the network calls it. */
  public static String circuitId(String productType, String circuit) {
    return digest(productType + "\n" + circuit);
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256.", impossible);
    }
  }
}
