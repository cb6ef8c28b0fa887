package io.orchscope.errortest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What devices said when they refused a configuration, each beside the source it was read from.
 *
 * <p>Shape: the source, and below it its messages, those that are the same as one with a number.
 * Source: domain.md §7, ra_commit_error_check.
 */
final class CommitErrors {

  /** More are counted, and stay in the logs. */
  private static final int MOST_SOURCES = 50;

  private static final int MOST_MESSAGES = 20;

  static FindingSection of(TestedError error, List<LoggedMessages> logged) {
    Map<String, Map<String, Integer>> bySource = new LinkedHashMap<>();
    for (LoggedMessages each : logged) {
      if (!each.messages().isEmpty()) {
        Map<String, Integer> counts =
            bySource.computeIfAbsent(each.source(), source -> new LinkedHashMap<>());
        each.messages().forEach(message -> counts.merge(message, 1, Integer::sum));
      }
    }
    List<FindingLine> lines = new ArrayList<>();
    error.logLink().ifPresent(link -> lines.add(FindingLine.of("Logs: ").link(link)));
    bySource.entrySet().stream()
        .limit(MOST_SOURCES)
        .forEach(source -> add(lines, source.getKey(), source.getValue()));
    if (bySource.size() > MOST_SOURCES) {
      lines.add(FindingLine.of("and " + (bySource.size() - MOST_SOURCES) + " more sources"));
    }
    return new FindingSection(
        error.circuit().value(),
        error.defectCode(),
        bySource.isEmpty() ? Outcome.NONE : Outcome.FOUND,
        verdict(bySource.size()),
        lines);
  }

  private static void add(List<FindingLine> lines, String source, Map<String, Integer> messages) {
    lines.add(FindingLine.of("").quote(source));
    messages.entrySet().stream().limit(MOST_MESSAGES).forEach(each -> lines.add(line(each)));
    if (messages.size() > MOST_MESSAGES) {
      int more = messages.size() - MOST_MESSAGES;
      lines.add(FindingLine.of("and " + more + " more, in the logs").below());
    }
  }

  private static FindingLine line(Map.Entry<String, Integer> message) {
    FindingLine line = FindingLine.of("").quote(message.getKey()).below();
    return message.getValue() == 1 ? line : line.and(" (" + message.getValue() + " times)");
  }

  private static String verdict(int sources) {
    return switch (sources) {
      case 0 -> "No commit errors found";
      case 1 -> "Commit errors of 1 source";
      default -> "Commit errors of " + sources + " sources";
    };
  }

  private CommitErrors() {}
}
