package io.orchscope.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.mask.LabelledErrors.Agreement;
import io.orchscope.mask.LabelledErrors.Labelled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether errors of one kind are found to be of one, over thousands of which the kind is known. */
final class GroupingTest {

  /** {@code -Dgrouping.each=80} takes half a minute. */
  private static final int EACH = Integer.getInteger("grouping.each", 30);

  /** The same errors in each run; {@code -Dgrouping.seed} makes others. */
  private static final long SEED = Long.getLong("grouping.seed", 20_260_101);

  private static final double ENOUGH = 0.98;

  /** None of them is in domain.md; the masks were measured by them before they were changed. */
  private static final Path OTHER_KINDS =
      Path.of("src/test/resources/mask/kinds-in-mdso-grammar.txt");

  @Test
  void putsWholeErrorsIntoTheirGroups() {
    long seed = SEED;
    List<Labelled> errors = new LabelledErrors(seed).some(LabelledErrors.KINDS, EACH);

    List<String> groups = errors.stream().map(error -> Template.of(error.raw()).text()).toList();

    assertThat(errors).hasSizeGreaterThan(60 * EACH);
    report("masks alone, whole texts", seed, errors, groups);
  }

  @Test
  void putsErrorsThatWereCutIntoTheirGroups() {
    long seed = SEED;
    List<Labelled> errors = new LabelledErrors(seed).some(LabelledErrors.KINDS, EACH);
    Families families = new Families();
    errors.forEach(error -> families.add(Template.ofNormalised(error.normalised())));
    Map<String, String> all = families.all();

    List<String> groups =
        errors.stream()
            .map(error -> all.get(Template.ofNormalised(error.normalised()).text()))
            .toList();

    report("masks and families, cut at 500", seed, errors, groups);
  }

  @Test
  void putsErrorsIntoTheirGroupsForWhichNoMaskWasWritten() {
    long seed = SEED;
    List<Labelled> errors = new LabelledErrors(seed).some(LabelledErrors.UNSEEN, EACH);
    Families families = new Families();
    errors.forEach(error -> families.add(Template.of(error.raw())));
    Map<String, String> all = families.all();

    List<String> groups =
        errors.stream().map(error -> all.get(Template.of(error.raw()).text())).toList();

    report("masks and families, kinds never seen", seed, errors, groups);
  }

  @Test
  void putsErrorsOfOtherShapesInMdsosGrammarIntoTheirGroups() throws IOException {
    long seed = SEED;
    List<String> kinds = Files.readAllLines(OTHER_KINDS);
    List<Labelled> errors = new LabelledErrors(seed).some(kinds, EACH);

    List<String> groups = errors.stream().map(error -> Template.of(error.raw()).text()).toList();

    report("masks alone, other shapes, whole texts", seed, errors, groups);
  }

  /** Kinds by people who knew neither the masks nor the other kinds. */
  @ParameterizedTest
  @ValueSource(strings = {"kinds-made-blind.txt", "kinds-made-blind-later.txt"})
  void putsErrorsIntoTheirGroupsThatWereMadeUpBlind(String file) throws IOException {
    long seed = SEED;
    List<String> kinds = Files.readAllLines(Path.of("src/test/resources/mask", file));
    List<Labelled> errors = new LabelledErrors(seed).some(kinds, EACH);
    Families families = new Families();
    errors.forEach(error -> families.add(Template.of(error.raw())));
    Map<String, String> all = families.all();

    List<String> groups =
        errors.stream().map(error -> all.get(Template.of(error.raw()).text())).toList();

    report("masks and families, " + file + ", whole texts", seed, errors, groups);
  }

  @Test
  void putsCutErrorsOfOtherShapesInMdsosGrammarIntoTheirGroups() throws IOException {
    long seed = SEED;
    List<String> kinds = Files.readAllLines(OTHER_KINDS);
    List<Labelled> errors = new LabelledErrors(seed).some(kinds, EACH);
    Families families = new Families();
    errors.forEach(error -> families.add(Template.ofNormalised(error.normalised())));
    Map<String, String> all = families.all();

    List<String> groups =
        errors.stream()
            .map(error -> all.get(Template.ofNormalised(error.normalised()).text()))
            .toList();

    report("masks and families, other shapes, cut at 500", seed, errors, groups);
  }

  private static void report(String what, long seed, List<Labelled> errors, List<String> groups) {
    Agreement found = Agreement.of(errors, groups);
    System.out.printf(
        "GroupingTest: %s: %d errors of %d kinds in %d groups, precision %.4f, recall %.4f, seed"
            + " %d%n",
        what,
        errors.size(),
        found.kinds(),
        found.groups(),
        found.precision(),
        found.recall(),
        seed);
    Map<Integer, TreeSet<String>> byKind = new TreeMap<>();
    for (int i = 0; i < errors.size(); i++) {
      byKind.computeIfAbsent(errors.get(i).kind(), kind -> new TreeSet<>()).add(groups.get(i));
    }
    byKind.values().removeIf(of -> of.size() == 1);
    byKind.forEach((kind, split) -> System.out.println("  kind " + kind + ": " + split));
    assertThat(found.precision()).as("precision").isGreaterThanOrEqualTo(ENOUGH);
    assertThat(found.recall()).as("recall, split: " + byKind).isGreaterThanOrEqualTo(ENOUGH);
  }
}
