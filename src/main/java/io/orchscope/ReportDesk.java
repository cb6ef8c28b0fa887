package io.orchscope;

import io.orchscope.alert.Links;
import io.orchscope.defect.DefectRule;
import io.orchscope.defect.DefectRules;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.StoredVerdict;
import io.orchscope.evidence.Verdict;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.ReportFigures;
import io.orchscope.ledger.ReportRuns;
import io.orchscope.report.ReportPlan;
import io.orchscope.report.ReportShelf;
import io.orchscope.settings.Settings;
import io.orchscope.step.Reporting;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Whoever makes reports, put together from the settings. */
public record ReportDesk(Configuration configuration, Ledger ledger, Clock clock) {

  /** Circuits whose evidence is remembered while a report is made. */
  private static final int REMEMBERED = 64;

  /** Makes reports by the table of rules that holds when they are made. */
  public Reporting reporting(Supplier<DefectRules> rules, ReportShelf shelf) {
    Settings settings = configuration.settings();
    return new Reporting(
        configuration.reports(),
        new ReportFigures(ledger, byCode(rules), new Errors(settings)::of),
        new ReportRuns(ledger),
        shelf,
        new Reporting.Where(
            settings.text("environment"),
            this::room,
            new Links(ConsoleAccess.linkToGroup(settings), "", "")),
        clock);
  }

  /** Where the settings keep reports. */
  public static ReportShelf shelf(Settings settings) {
    return new ReportShelf(Path.of(settings.text("reports.root")));
  }

  private static Function<String, Optional<DefectRule>> byCode(Supplier<DefectRules> rules) {
    return code ->
        rules.get().rules().stream().filter(it -> it.code().toString().equals(code)).findFirst();
  }

  private String room(ReportPlan plan) {
    String product =
        plan.products().isEmpty()
            ? configuration.products().types().get(0)
            : plan.products().get(0);
    return plan.room()
        .or(
            () ->
                plan.products().size() == 1
                    ? Optional.empty()
                    : configuration.rooms().defaultRoom().map(room -> room.id()))
        .orElseGet(() -> configuration.rooms().roomOfProduct(product));
  }

  /** Words of errors, from the evidence. */
  private static final class Errors {

    private final EvidenceSearch evidence;
    private final Map<String, Map<String, String>> known =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Map<String, String>> eldest) {
            return size() > REMEMBERED;
          }
        };

    Errors(Settings settings) {
      this.evidence = new EvidenceSearch(Path.of(settings.text("evidence.root")));
    }

    synchronized Optional<String> of(String circuit, String key) {
      Map<String, String> errors = known.get(circuit);
      if (errors == null || !errors.containsKey(key)) {
        errors = read(circuit);
        known.put(circuit, errors);
      }
      return Optional.ofNullable(errors.get(key));
    }

    private Map<String, String> read(String circuit) {
      List<StoredVerdict> attempts = evidence.find(circuit);
      return attempts.stream()
          .flatMap(attempt -> attempt.verdict().occurrences().stream())
          .collect(
              Collectors.toMap(
                  Verdict.Finding::key, Verdict.Finding::normalised, (newer, older) -> newer));
    }
  }
}
