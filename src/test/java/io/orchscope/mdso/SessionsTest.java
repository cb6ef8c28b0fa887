package io.orchscope.mdso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchscope.settings.Clocks;
import io.orchscope.settings.Redaction;
import io.orchscope.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which token a poll has, until when, and what happens to it. */
final class SessionsTest {

  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

  /** A clock that a test sets. */
  private static final class Hands extends Clock {
    private Instant now = NOON;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final Hands clock = new Hands();
  private final Redaction redaction = new Redaction();
  private final Sessions sessions = sessions(TokenFlavour.OAUTH2);

  // lives for an hour where nothing is said, is renewed half a minute before its end, but a token
  // of a minute only a quarter of that before
  @ParameterizedTest
  @CsvSource({
    "''                                              , 3569, 3570",
    "'\"expiresIn\":120'                             ,   89,   90",
    "'\"expiresIn\":60'                              ,   44,   45",
    "'\"expirationTime\":\"2024-03-01T12:10:00.000001Z\"', 569, 571",
    "'\"expiresIn\":null,\"expirationTime\":\"soon\"', 3569, 3570"
  })
  void renewsATokenBeforeItEnds(String said, long stillGood, long renewed) {
    sessions.accept("poll", reply("token-of-a-test", said));

    clock.now = NOON.plusSeconds(stillGood);
    boolean before = sessions.needsLogIn("poll");
    clock.now = NOON.plusSeconds(renewed);
    boolean after = sessions.needsLogIn("poll");

    assertThat(before).isFalse();
    assertThat(after).isTrue();
  }

  // MDSO's hour begins before its answer is here
  @Test
  void countsTheLifeOfATokenFromTheRequest() {
    sessions.logInRequest("poll");
    clock.now = NOON.plusSeconds(5);
    sessions.accept("poll", reply("token-of-a-test", "\"expiresIn\":100"));
    clock.now = NOON.plusSeconds(100).minusMillis(1);
    boolean lives = sessions.hasTokenToDelete("poll");
    clock.now = NOON.plusSeconds(100);

    assertThat(lives).isTrue();
    assertThat(sessions.hasTokenToDelete("poll")).isFalse();
  }

  // a follow-up of its circuits goes on while the poll ends
  @Test
  void opensNoTokenOfItsOwnForAPollThatIsEnding() {
    sessions.accept("poll", reply("token-of-a-poll", ""));
    sessions.hasTokenToDelete("poll");

    boolean needsOther = sessions.needsLogIn("poll");
    sessions.accept("poll", reply("shared-token", ""));
    String ending = sessions.authorizationToDelete("poll");
    sessions.dropToken("poll");

    assertThat(needsOther).isTrue();
    assertThat(ending).isEqualTo("Bearer token-of-a-poll");
    assertThat(sessions.hasTokenToDelete("poll")).isFalse();
    assertThat(sessions.authorization("poll")).isEqualTo("Bearer shared-token");
    assertThat(sessions.deletePath(Sessions.STRAY)).endsWith("/shared-token");
  }

  @Test
  void givesEachPollItsOwnToken() {
    sessions.accept("poll-1", reply("token-one", ""));
    sessions.accept("poll-2", reply("token-two", ""));

    assertThat(sessions.authorization("poll-1")).isEqualTo("Bearer token-one");
    assertThat(sessions.authorization("poll-2")).isEqualTo("Bearer token-two");
    assertThat(sessions.needsLogIn("poll-3")).isTrue();
  }

  @Test
  void takesOnlyTheTokenOutOfUseThatWasRefused() {
    sessions.accept("poll", reply("token-one", ""));
    sessions.forget("poll", "Bearer token-one");
    sessions.accept("poll", reply("token-two", ""));

    sessions.forget("poll", "Bearer token-one");

    assertThat(sessions.authorization("poll")).isEqualTo("Bearer token-two");
  }

  @Test
  void handsBackEveryTokenThatStillLives() {
    sessions.accept("poll", reply("token-one", "\"expiresIn\":100"));
    clock.now = NOON.plusSeconds(90);
    sessions.accept("poll", reply("token-two", "\"expiresIn\":100"));

    boolean first = sessions.hasTokenToDelete("poll");
    String path = sessions.deletePath("poll");
    sessions.dropToken("poll");
    boolean older = sessions.hasTokenToDelete("poll");
    clock.now = NOON.plusSeconds(100);
    boolean ended = sessions.hasTokenToDelete("poll");

    assertThat(first).isTrue();
    assertThat(path).isEqualTo("/tron/api/v1/oauth2/tokens/token-two");
    assertThat(older).isTrue();
    assertThat(ended).isFalse();
  }

  @Test
  void saysThatATokenHasJustEndedAndNotThatALogInWasRefused() {
    assertThatThrownBy(() -> sessions.authorization("poll"))
        .isInstanceOf(TokenEndedException.class);
  }

  @Test
  void saysThatMdsoRefusedTheLogIn() {
    String reply =
        "{\"accessToken\":\"t-1234567\",\"isSuccessful\":false,\"message\":\"no: secret-word\"}";
    redaction.hide(new Secret("secret-word"));

    assertThatThrownBy(() -> sessions.accept("poll", bytes(reply)))
        .isInstanceOf(LogInRefusedException.class)
        .hasMessageNotContaining("secret-word");
    assertThat(sessions.hasTokenToDelete("poll")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"isSuccessful\":true}'",
    "'{\"accessToken\":\"\"}'",
    "'{\"token\":\"of-the-other-flavour\"}'"
  })
  void takesAReplyWithoutATokenForGarbled(String reply) {
    assertThatThrownBy(() -> sessions.accept("poll", bytes(reply)))
        .isInstanceOf(GarbledReplyException.class);
    assertThat(sessions.hasTokenToDelete("poll")).isFalse();
  }

  @Test
  void tellsNothingOfAReplyThatIsNotJson() {
    assertThatThrownBy(() -> sessions.accept("poll", bytes("token=canary-123")))
        .isInstanceOf(GarbledReplyException.class)
        .hasMessageNotContaining("canary")
        .hasNoCause();
  }

  @Test
  void asksInTheWordsOfEachFlavour() {
    assertThat(sessions(TokenFlavour.TRON).logInRequest("poll"))
        .isEqualTo("{\"username\":\"svc-user\",\"password\":\"pass-word\",\"tenant\":\"master\"}");
    assertThat(sessions.logInRequest("poll"))
        .isEqualTo(
            "{\"username\":\"svc-user\",\"password\":\"pass-word\",\"tenant\":\"master\","
                + "\"grant_type\":\"password\",\"expires_in\":3600}");
  }

  @Test
  void lendsOneTokenToAllCircuitsWhosePollsAreElsewhere() {
    Sessions sessions = sessions(TokenFlavour.OAUTH2);
    sessions.accept("elsewhere-1", reply("shared-token", ""));

    assertThat(sessions.needsLogIn("elsewhere-2")).isFalse();
    assertThat(sessions.authorization("elsewhere-2")).isEqualTo("Bearer shared-token");
    assertThat(sessions.needsLogIn("here")).isTrue();
    assertThat(sessions.hasTokenToDelete(Sessions.STRAY)).isTrue();
  }

  private Sessions sessions(TokenFlavour flavour) {
    return new Sessions(
        new TokenTerms(flavour, Duration.ofHours(1), Duration.ofSeconds(30)),
        new Credentials("svc-user", new Secret("pass-word"), "master"),
        redaction,
        pollId -> !pollId.startsWith("elsewhere"),
        Clocks.both(clock));
  }

  private static byte[] reply(String token, String more) {
    return bytes("{\"accessToken\":\"" + token + "\"" + (more.isEmpty() ? "" : "," + more) + "}");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
