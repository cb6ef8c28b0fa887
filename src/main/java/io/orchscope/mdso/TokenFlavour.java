package io.orchscope.mdso;

import java.util.Locale;

/** The two ways in which MDSO hands out tokens. Source: domain.md §1.1. */
public enum TokenFlavour {
  /** {@code /tron/api/v1/tokens}, reply with {@code token}. */
  TRON("/tron/api/v1/tokens"),
  /** {@code /tron/api/v1/oauth2/tokens}, reply with {@code accessToken} and an expiry. */
  OAUTH2("/tron/api/v1/oauth2/tokens");

  private final String path;

  TokenFlavour(String path) {
    this.path = path;
  }

  /** The path to post to; a token's own path is this, a slash and the token. */
  public String path() {
    return path;
  }

  /** Errors: {@link IllegalArgumentException} that says the known words. */
  public static TokenFlavour of(String word) {
    for (TokenFlavour flavour : values()) {
      if (flavour.name().toLowerCase(Locale.ROOT).equals(word)) {
        return flavour;
      }
    }
    throw new IllegalArgumentException("'" + word + "' is neither tron nor oauth2");
  }
}
