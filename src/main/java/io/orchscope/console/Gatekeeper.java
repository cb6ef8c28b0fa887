package io.orchscope.console;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who may see, and whether a change comes from a form of ours.
 *
 * <p>The page is on loopback, so whoever reaches it sits at this machine and may do everything. A
 * foreign page in their browser is kept out by the name in the request and by tokens.
 */
public final class Gatekeeper {

  private static final Set<String> OURSELVES = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String HMAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private static final String NAME = "operator";

  private final SecretKeySpec key;

  /** Either a visitor or the answer that they get instead. */
  public record Judgement(Optional<Visitor> visitor, Optional<Reply> refusal) {}

  /** Tokens of one gatekeeper are worth nothing to another. */
  public Gatekeeper() {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, HMAC);
  }

  /** Lets a request in, or says why not. */
  public Judgement judge(Request request) {
    if (!isForThisMachine(request)) {
      return refused(
          421, "This page answers to localhost and 127.0.0.1 only; use an address of these.");
    }
    if (request.isChange() && (isForeign(request) || !brings(request, NAME))) {
      return refused(
          403, "This did not come from a form of ours. Load the page anew and try again.");
    }
    return new Judgement(Optional.of(new Visitor(NAME, true, token(NAME))), Optional.empty());
  }

  private static Judgement refused(int status, String reason) {
    return new Judgement(Optional.empty(), Optional.of(Reply.text(status, reason + "\n")));
  }

  private static boolean isForThisMachine(Request request) {
    String host = request.header("host").orElse("").toLowerCase(Locale.ROOT);
    return OURSELVES.contains(host.replaceFirst(":[0-9]+$", ""));
  }

  private static boolean isForeign(Request request) {
    boolean isCross =
        request
            .header("sec-fetch-site")
            .filter(site -> !site.equals("same-origin") && !site.equals("none"))
            .isPresent();
    return isCross || request.header("origin").filter(it -> !isOurs(it, request)).isPresent();
  }

  private static boolean isOurs(String origin, Request request) {
    try {
      String authority = String.valueOf(URI.create(origin).getAuthority());
      return authority.equalsIgnoreCase(request.header("host").orElse(""));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /** A form brings its token; JSON is nothing that a foreign page can send without being asked. */
  private boolean brings(Request request, String name) {
    String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    return type.startsWith("application/json")
        || MessageDigest.isEqual(
            request.field("token").getBytes(StandardCharsets.UTF_8),
            token(name).getBytes(StandardCharsets.UTF_8));
  }

  private String token(String name) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("Every Java has HMAC with SHA-256.", impossible);
    }
  }
}
