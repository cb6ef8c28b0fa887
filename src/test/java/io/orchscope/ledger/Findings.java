package io.orchscope.ledger;

import io.orchscope.errortest.ErrorTestFinding;
import io.orchscope.errortest.ErrorTestPlan.Kind;
import io.orchscope.errortest.FindingLine;
import io.orchscope.errortest.FindingSection;
import io.orchscope.errortest.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What tests found, for tests of what rooms are told. */
public final class Findings {

  static final String TEST = "connectivity";

  private static final Set<Outcome> TOLD = Set.of(Outcome.UP, Outcome.DOWN);

  /** About one device of a circuit that failed with the code of {@link Rooms}. */
  public static ErrorTestFinding of(String key, String circuit, Outcome outcome, Instant at) {
    return of(key, circuit, outcome, at, TEST);
  }

  static ErrorTestFinding of(String key, String circuit, Outcome outcome, Instant at, String test) {
    FindingLine line =
        new FindingLine(
            0,
            List.of(
                new FindingLine.Part("said ", FindingLine.Kind.OURS),
                new FindingLine.Part("<@all>", FindingLine.Kind.THEIRS)));
    return new ErrorTestFinding(
        key,
        test,
        Kind.CONNECTIVITY,
        outcome,
        TOLD.contains(outcome),
        "service_mapper",
        circuit,
        "DE-1000",
        List.of(
            new FindingSection(
                "device-of-" + circuit,
                circuit,
                outcome,
                "Connection " + outcome.word().toUpperCase(Locale.ROOT),
                List.of(line))),
        at);
  }

  private Findings() {}
}
