package io.orchscope.evidence;

import static io.orchscope.evidence.Collection.NOW;
import static io.orchscope.evidence.Collection.SUBJECT;
import static io.orchscope.evidence.Collection.masked;
import static io.orchscope.evidence.Collection.stored;
import static io.orchscope.evidence.Collection.text;
import static io.orchscope.evidence.Collection.tools;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/** Whatever a log goes through on its way, in the end it is the masked original. */
final class LogResumeTest {

  private static final String[] WORDS = {
    "a", "word ", "password=x1", " password=hunter2", "é", "\u0085", "\r", "=", " ", "ERROR"
  };

  /**
   * One try.
   *
   * @param length so much has the host written by then
   * @param breaksAt the offset at which reading breaks off
   * @param killedAt the step on the disk at which the process dies
   */
  record Try(int length, long breaksAt, long killedAt) {}

  /** A log as it will be in the end, and the tries before. */
  record Given(LogLayout layout, boolean resumable, byte[] original, List<Try> tries) {}

  @Provide
  Arbitrary<Given> courses() {
    return Arbitraries.randomValue(LogResumeTest::course);
  }

  private static Given course(Random random) {
    byte[] original = original(random);
    List<Try> tries = new ArrayList<>();
    int length = 0;
    for (int left = random.nextInt(5); left >= 0; left--) {
      length += random.nextInt(original.length - length + 1);
      long breaksAt = random.nextBoolean() ? random.nextInt(length + 1) : Long.MAX_VALUE;
      long killedAt = random.nextInt(3) == 0 ? 1 + random.nextInt(80) : Long.MAX_VALUE;
      tries.add(new Try(length, breaksAt, killedAt));
    }
    LogLayout layout = random.nextInt(4) == 0 ? LogLayout.LEGACY : LogLayout.OWN;
    return new Given(layout, random.nextInt(4) > 0, original, tries);
  }

  /** Lines of some encodings, some too long for one piece, the last perhaps without an end. */
  private static byte[] original(Random random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int lines = random.nextInt(40); lines >= 0; lines--) {
      StringBuilder line = new StringBuilder();
      for (int words = random.nextInt(6); words > 0; words--) {
        line.append(WORDS[random.nextInt(WORDS.length)]);
      }
      if (random.nextInt(8) == 0) {
        line.setLength(0);
        line.append("long, ".repeat(20 + random.nextInt(40)));
      }
      if (random.nextInt(6) == 0) {
        line.setLength(0);
        line.append(random.nextInt(3) == 0 ? Collection.KEY_ENDS : Collection.KEY_BEGINS);
      }
      bytes.writeBytes(
          line.toString()
              .getBytes(
                  random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
      bytes.write(random.nextInt(20) == 0 ? 0xff : 'x');
      if (lines > 0 || random.nextBoolean()) {
        bytes.write('\n');
      }
    }
    return bytes.toByteArray();
  }

  @Property(tries = 400, seed = "-4564439189006594848", shrinking = ShrinkingMode.OFF)
  void isTheMaskedOriginalInTheEnd(@ForAll("courses") Given given) throws IOException {
    Path root = Files.createTempDirectory("logs");
    HostLog log =
        given.resumable()
            ? HostLog.plan("plan-a", "log", new byte[0])
            : HostLog.ra("ra-a", "DEVICE", "log", "");
    HostLog away = HostLog.plan("plan-b", "away", "x").breaksAt(0);
    for (Try one : given.tries()) {
      log.holds(Arrays.copyOf(given.original(), one.length())).breaksAt(one.breaksAt());
      collect(root, given.layout(), Plug.killsAt(one.killedAt()), log, away);
    }

    log.holds(given.original()).breaksNoMore();
    collect(root, given.layout(), Plug.never(), log, away.breaksNoMore());

    StoredLogs stored = stored(root);
    assertThat(text(root, stored, "/log")).isEqualTo(masked(given.original()));
    assertThat(stored.manifest().artifacts()).hasSize(2);
    assertThat(stored.manifest().isComplete()).isTrue();
    assertThat(new KeptLogs(root).verify(stored.folder())).isEmpty();
    Statistics.label("resumable").collect(given.resumable());
    Statistics.label("compressed").collect(stored.manifest().artifacts().get(0).compressed());
    Disk.deleteAll(root);
  }

  private static void collect(Path root, LogLayout layout, Plug plug, HostLog... logs) {
    try {
      Collection.collect(new LogArchive(root, tools(layout, 300, NOW, plug)), SUBJECT, logs);
    } catch (Plug.Killed dead) {
      assertThat(plug.steps()).isPositive();
    }
  }
}
