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
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names and passwords that come with requests.
 *
 * <p>Shape: {@code Authorization: Basic}, RFC 7617. A password that fitted is not tried again for
 * five minutes, so that bcrypt is paid once, and few are tried at a time, so that guessing starves
 * nobody.
 */
final class Credentials {

  private static final String HMAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final int MOST_REMEMBERED = 1_000;

  private final Users users;
  private final Clock clock;
  private final SecretKeySpec key;
  private final Semaphore tries = new Semaphore(2, true);
  private final Map<String, Known> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  private record Known(Users.User user, Instant until) {}

  Credentials(Users users, Clock clock) {
    this.users = users;
    this.clock = clock;
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, HMAC);
  }

  /** Whose name and password come with a request; nobody's if none do, or the wrong ones. */
  Optional<Users.User> of(Request request) {
    String header = request.header("authorization").orElse("");
    if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.empty();
    }
    String digest = seal(header);
    Optional<Users.User> remembered = remembered(digest);
    if (remembered.isPresent()) {
      return remembered;
    }
    Optional<Users.User> found = tried(header.substring(6).strip());
    found.ifPresent(user -> remember(digest, user));
    return found;
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

  private Optional<Users.User> tried(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      if (colon < 0) {
        return Optional.empty();
      }
      tries.acquireUninterruptibly();
      try {
        return users.find(pair.substring(0, colon), pair.substring(colon + 1));
      } finally {
        tries.release();
      }
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private synchronized Optional<Users.User> remembered(String digest) {
    return Optional.ofNullable(known.get(digest))
        .filter(it -> clock.instant().isBefore(it.until))
        .map(Known::user);
  }

  private synchronized void remember(String digest, Users.User user) {
    known.put(digest, new Known(user, clock.instant().plus(REMEMBERED)));
  }
}
