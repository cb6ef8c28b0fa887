package io.orchscope.console;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and their passwords. */
final class UsersTest {

  private static final String PASSWORD = "correct horse battery";

  @TempDir private Path folder;

  @Test
  void spendsTheSameWorkOnEachFailureWhateverTheNameAndTheCostOfItsHash() throws Exception {
    Path file = folder.resolve("users.yaml");
    String cheap = BCrypt.withDefaults().hashToString(10, PASSWORD.toCharArray());
    Files.writeString(
        file,
        "users:\n"
            + Users.entry("olga", true, PASSWORD)
            + "  - name: vera\n    role: viewer\n    password: '"
            + cheap
            + "'\n");
    Users users = Users.read(file);
    work(users, "olga");

    long dear = work(users, "olga");
    long cheaper = work(users, "vera");
    long unknown = work(users, "nobody");

    assertThat((double) cheaper / dear).isBetween(0.6, 1.7);
    assertThat((double) unknown / dear).isBetween(0.6, 1.7);
    assertThat(users.find("vera", PASSWORD)).isPresent();
    assertThat(users.find("olga", PASSWORD)).isPresent();
  }

  /** Nanoseconds of processor time of a failure, the least of three. */
  private static long work(Users users, String name) {
    var threads = ManagementFactory.getThreadMXBean();
    return LongStream.range(0, 3)
        .map(
            i -> {
              long before = threads.getCurrentThreadCpuTime();
              assertThat(users.find(name, "wrong " + i)).isEmpty();
              return threads.getCurrentThreadCpuTime() - before;
            })
        .min()
        .orElseThrow();
  }
}
