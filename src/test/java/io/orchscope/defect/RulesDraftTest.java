package io.orchscope.defect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchscope.settings.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that is added to a file while an operator edits it. */
final class RulesDraftTest {

  private static final RulesDraft.Wish WISH =
      new RulesDraft.Wish(
          new DefectCode(7001),
          "Zebra found",
          "Zebra",
          Severity.MINOR,
          "noc",
          "^zebra crossing$",
          Optional.empty(),
          List.of("zebra crossing"));

  @TempDir private Path folder;

  private Path file;
  private DefectRules base;

  @BeforeEach
  void copy() throws IOException {
    file = Files.copy(Path.of("config/defect-rules.yaml"), folder.resolve("defect-rules.yaml"));
    base = RulesFile.read(file);
  }

  @Test
  void isWrittenAtTheEndOfTheFile() throws IOException {
    String before = Files.readString(file);

    DefectRules written = new RulesDraft(file).prepare(WISH, base).write();

    assertThat(Files.readString(file)).startsWith(before).endsWith("- \"zebra crossing\"\n");
    assertThat(RulesFile.read(file).version()).isEqualTo(written.version());
    assertThat(written.rules()).hasSize(base.rules().size() + 1);
  }

  @Test
  void isRefusedWhenTheFileHasChangedSinceItsTableWasRead() throws IOException {
    String edited = edit();

    assertThatThrownBy(() -> new RulesDraft(file).prepare(WISH, base))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("it has changed since version " + base.version())
        .hasMessageContaining("then accept the proposal again");

    assertThat(Files.readString(file)).isEqualTo(edited);
    assertThat(names()).containsExactly("defect-rules.yaml");
  }

  @Test
  void isRefusedWhenTheFileChangesWhileTheRuleIsProved() throws IOException {
    RulesDraft.Prepared prepared = new RulesDraft(file).prepare(WISH, base);
    String edited = edit();

    assertThatThrownBy(prepared::write)
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("it has changed since version " + base.version());

    assertThat(Files.readString(file)).isEqualTo(edited);
    assertThat(names()).containsExactly("defect-rules.yaml");
  }

  @Test
  void isNotActiveWhenItIsRefused() throws IOException {
    DefectClassifier classifier = new DefectClassifier(base, error -> null);
    RulesDraft.Prepared prepared = new RulesDraft(file).prepare(WISH, base);
    edit();

    assertThatThrownBy(() -> classifier.change(() -> Optional.of(prepared.write())))
        .isInstanceOf(InvalidFileException.class);

    assertThat(classifier.rules()).isSameAs(base);
  }

  private String edit() throws IOException {
    String edited = Files.readString(file).replace("version: 1\n", "version: edited\n");
    return Files.readString(Files.writeString(file, edited));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).toList();
    }
  }
}
