package io.orchscope.console;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names and passwords that come with requests.
 *
 * <p>Shape: {@code Authorization: Basic}, RFC 7617. A password that was right is remembered for
 * five minutes, so that bcrypt is paid once and a request with it waits for no other log-in.
 */
final class Credentials {

  private static final String BASIC = "Basic ";
  private static final String HMAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  /** A request that was admitted in time may take so long until its page is made. */
  private static final Duration GRACE = Duration.ofMinutes(2);

  private static final int MOST_REMEMBERED = 1_000;

  private final Clock clock;
  private final SecretKeySpec key;
  private final Map<String, Known> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  private record Known(Users.User user, Instant until) {}

  /** A name and a password as they were sent. */
  record Pair(String name, String password) {}

  Credentials(Clock clock) {
    this.clock = clock;
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, HMAC);
  }

  /** The user of a request that has been admitted; empty for any other. */
  Optional<Users.User> of(Request request) {
    return header(request).flatMap(header -> remembered(header, GRACE));
  }

  /** The user whose name and password have been checked a short time ago. */
  Optional<Users.User> remembered(Request request) {
    return header(request).flatMap(header -> remembered(header, Duration.ZERO));
  }

  /** What a request has brought; nothing if it is unreadable. */
  static Optional<Pair> pair(Request request) {
    return header(request).flatMap(Credentials::decoded);
  }

  /** Remembers that the name and password of a request are those of a user. */
  void remember(Request request, Users.User user) {
    header(request).ifPresent(header -> remember(seal(header), user));
  }

  /** A word that only this process can make of another. */
  String seal(String word) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(word.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("Every Java has HMAC with SHA-256.", impossible);
    }
  }

  private static Optional<String> header(Request request) {
    return request
        .header("authorization")
        .filter(header -> header.regionMatches(true, 0, BASIC, 0, BASIC.length()));
  }

  private static Optional<Pair> decoded(String header) {
    try {
      String encoded = header.substring(BASIC.length()).strip();
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Pair(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private synchronized Optional<Users.User> remembered(String header, Duration grace) {
    return Optional.ofNullable(known.get(seal(header)))
        .filter(it -> clock.instant().isBefore(it.until.plus(grace)))
        .map(Known::user);
  }

  private synchronized void remember(String digest, Users.User user) {
    known.put(digest, new Known(user, clock.instant().plus(REMEMBERED)));
  }
}
