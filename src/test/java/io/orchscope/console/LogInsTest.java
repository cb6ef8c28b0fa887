package io.orchscope.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.TurnedClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log-ins that arrive at the same time. */
final class LogInsTest {

  private static final String PASSWORD = "correct horse battery";
  private static final String OFFICE = "192.0.2.1";

  @TempDir private Path folder;
  private final List<FailedLogIns> reports = new CopyOnWriteArrayList<>();
  private LogIns logIns;

  @BeforeEach
  void open() throws Exception {
    Path file = folder.resolve("users.yaml");
    Files.writeString(file, "users:\n" + Users.entry("olga", true, PASSWORD));
    logIns =
        new LogIns(
            Users.read(file),
            new LogInLimits(TurnedClock.right()),
            new LogInFailures(reports::add));
  }

  @AfterEach
  void close() {
    logIns.close();
  }

  @Test
  void admitsAllRequestsThatAClientSendsAtOnceBeforeItsFirstLogIn() throws Exception {
    List<CompletableFuture<LogIns.Outcome>> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asked.add(logIns.check("olga", PASSWORD, OFFICE).toCompletableFuture());
    }

    for (CompletableFuture<LogIns.Outcome> each : asked) {
      assertThat(each.get().user()).isPresent();
    }
  }

  @Test
  void takesALogInFromAKnownAddressWhileGuessesFromManyOthersFillTheQueue() throws Exception {
    assertThat(logIns.check("olga", PASSWORD, OFFICE).toCompletableFuture().get().user())
        .isPresent();
    List<CompletableFuture<LogIns.Outcome>> guesses = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      guesses.add(logIns.check("olga", "guess " + i, "198.51.100." + i).toCompletableFuture());
    }

    LogIns.Outcome again = logIns.check("olga", PASSWORD, OFFICE).toCompletableFuture().get();

    assertThat(again.user()).isPresent();
    assertThat(guesses).anyMatch(guess -> guess.isDone() && !guess.join().pause().isZero());
  }
}
