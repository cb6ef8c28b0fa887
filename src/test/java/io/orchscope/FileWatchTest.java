package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a change of an edited file is examined, and when its outcome counts. */
final class FileWatchTest {

  @TempDir private Path folder;
  private Path file;
  private long nanos;
  private final List<String> examined = new ArrayList<>();
  private final List<String> outcomes = new ArrayList<>();
  private Runnable duringExamination = () -> {};
  private FileWatch watch;

  @BeforeEach
  void watchAFile() throws IOException {
    file = Files.writeString(folder.resolve("file"), "sound");
    watch = new FileWatch(() -> List.of(file), this::examine, () -> nanos);
    watch.look();
    after(FileWatch.STABLE);
    examined.clear();
    outcomes.clear();
  }

  @Test
  void examinesNothingWhileNothingChanges() {
    after(Duration.ofHours(1));
    after(Duration.ofHours(1));

    assertThat(examined).isEmpty();
  }

  @Test
  void examinesAFileOnceItIsStable() {
    write("s");
    after(Duration.ofMillis(900));
    write("sou");
    after(Duration.ofMillis(900));
    write("sound!");
    after(Duration.ofMillis(999));
    List<String> before = List.copyOf(examined);
    after(Duration.ofMillis(1));
    after(Duration.ofHours(1));

    assertThat(before).isEmpty();
    assertThat(outcomes).containsExactly("took sound!");
  }

  @Test
  void goesOnAfterAnExaminationThatRanOutOfStack() {
    duringExamination =
        () -> {
          throw new StackOverflowError("a file that is nested too deeply");
        };
    write("too deep");
    after(FileWatch.STABLE);
    duringExamination = () -> {};
    write("sound!");
    after(FileWatch.STABLE);

    assertThat(outcomes).containsExactly("took sound!");
  }

  @Test
  void reportsAFaultyFileOnlyWhenItIsStableForLonger() {
    write("faulty");
    after(FileWatch.STABLE);
    List<String> early = List.copyOf(outcomes);
    after(FileWatch.STABLE_WHEN_FAULTY.minus(FileWatch.STABLE));

    assertThat(early).isEmpty();
    assertThat(examined).containsExactly("faulty");
    assertThat(outcomes).containsExactly("rejected faulty");
  }

  @Test
  void dropsWhatItFoundWhenTheFileChangesMeanwhile() {
    duringExamination = () -> save("sound after all");
    write("faulty");
    after(FileWatch.STABLE);
    duringExamination = () -> {};
    after(Duration.ZERO);
    after(FileWatch.STABLE);

    assertThat(examined).containsExactly("faulty", "sound after all");
    assertThat(outcomes).containsExactly("took sound after all");
  }

  @Test
  void examinesAFileThatIsGoneAndThatComesBack() throws IOException {
    Files.delete(file);
    after(Duration.ZERO);
    after(FileWatch.STABLE_WHEN_FAULTY);
    write("sound");
    after(FileWatch.STABLE);

    assertThat(outcomes).containsExactly("rejected ", "took sound");
  }

  private FileWatch.Finding examine() {
    String content = content();
    examined.add(content);
    duringExamination.run();
    boolean isSound = content.startsWith("sound");
    return new FileWatch.Finding(
        isSound, () -> outcomes.add((isSound ? "took " : "rejected ") + content));
  }

  private String content() {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      return "";
    }
  }

  private void after(Duration time) {
    nanos += time.toNanos();
    watch.look();
  }

  private void write(String content) {
    save(content);
    watch.look();
  }

  private void save(String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
