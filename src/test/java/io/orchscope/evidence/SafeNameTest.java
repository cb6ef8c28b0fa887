package io.orchscope.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of folders for ids that mean no good. */
class SafeNameTest {

  private static final String[] PIECES = {
    "A",
    "a",
    "Z",
    "z",
    "0",
    ".",
    "..",
    "/",
    "\\",
    "\0",
    "\n",
    "\u001b",
    " ",
    "%",
    "+",
    "~",
    "-",
    "_",
    "CON",
    "con",
    "NUL",
    "COM1",
    "%2E",
    "é",
    "É",
    "ß",
    "ı",
    "K",
    "😀",
    "\ud83d",
    "\ude00",
    "\u202e",
    "$",
    "{{",
    "x".repeat(40),
    "X".repeat(40)
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80.L1XX.000001..TEST",
        "80.L1XX.000001..",
        "32.L1XX.000001.ABC.TEST",
        "FRE_80.L1XX.000001..TEST",
        "80.L1XX.000001..TEST-PRIMARY",
        "-PRIMARY",
        "ABCDTXAB1ZW"
      })
  void leavesTheIdsOfCircuitsReadable(String circuit) {
    String name = SafeName.of(circuit);

    assertThat(name).isEqualTo(circuit.endsWith(".") ? "80.L1XX.000001.%2E" : circuit);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '"',
      value = {
        "\"\" %",
        ". %2E",
        ".. %2E%2E",
        "../ %2E.%2F",
        "../../etc/x %2E.%2F..%2F+etc+%2F+x+",
        "CON %43ON",
        "con +con+",
        "CON.TXT %43ON.TXT",
        "COM1 %43OM1",
        "CONX CONX",
        "a/b\\c +a+%2F+b+%5C+c+",
        "A. A%2E",
        "😀 %UD83D%UDE00",
        "80.L1XX/005054//TEST 80.L1XX%2F005054%2F%2FTEST",
        "Test T+est+",
      })
  void escapesWhatAFileSystemCouldMisread(String text, String name) {
    String made = SafeName.of(text);

    assertThat(made).isEqualTo(name);
  }

  @Test
  void cutsALongIdAndTellsTheWholeByItsHash() {
    String id = "80.L1XX.000001..TEST/" + "x".repeat(4096);

    String name = SafeName.of(id);

    assertThat(name).matches("80\\.L1XX\\.000001\\.\\.TEST%2F\\+x+\\+~[0-9A-F]{32}");
    assertThat(name).hasSizeLessThanOrEqualTo(100).isNotEqualTo(SafeName.of(id + "x"));
    assertThat(SafeName.decode(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"+", "a", "%2e", "%41", "A+", "+A+", "%U0041", "A~B", "..", "CON", "A/B"})
  void decodesNoNameButItsOwn(String foreign) {
    Optional<String> text = SafeName.decode(foreign);

    assertThat(text).isEmpty();
  }

  @Test
  void tellsTenThousandHostileIdsApartWhateverTheirCase() {
    Set<String> ids = hostileIds(10_000);

    Map<String, String> names = new HashMap<>();
    for (String id : ids) {
      String name = SafeName.of(id);
      String other = names.put(name.toUpperCase(Locale.ROOT), id);

      assertThat(other).as("shares the name %s with another id", name).isNull();
      assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 100);
      assertThat(name).matches("[A-Za-z0-9_~%+-]([A-Za-z0-9._~%+-]*[A-Za-z0-9_~%+-])?");
      assertThat(name.split("\\.", 2)[0].toUpperCase(Locale.ROOT))
          .doesNotMatch("CON|PRN|AUX|NUL|(COM|LPT)[0-9]");
      assertThat(Path.of("/archive").resolve(name).normalize().getParent())
          .isEqualTo(Path.of("/archive"));
      assertThat(SafeName.decode(name)).isIn(Optional.of(id), Optional.empty());
      assertThat(SafeName.decode(name).isPresent()).isEqualTo(!name.contains("~"));
    }
  }

  /** With a variant in the other case beside each. */
  private static Set<String> hostileIds(int count) {
    Random random = new Random(20240301);
    Set<String> ids = new LinkedHashSet<>(List.of("", ".", "..", "CON", "con", "x".repeat(4096)));
    while (ids.size() < count) {
      StringBuilder id = new StringBuilder();
      for (int left = random.nextInt(12); left >= 0; left--) {
        id.append(PIECES[random.nextInt(PIECES.length)]);
      }
      ids.add(id.toString());
      ids.add(id.toString().toLowerCase(Locale.ROOT));
      ids.add(id.toString().toUpperCase(Locale.ROOT));
    }
    return new HashSet<>(ids);
  }
}
