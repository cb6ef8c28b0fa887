package io.orchscope.alert;

import io.orchscope.alert.HostileText.Place;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The parts that messages about groups are made of. Units: limits are bytes of UTF-8. */
final class GroupWords {

  static final int NAME_BYTES = 80;

  private static final int LINE_BYTES = 300;
  private static final int TIDS_SHOWN = 5;

  static String headline(GroupFacts group) {
    return "**%s** · %s"
        .formatted(
            prose((group.defectCode() + " " + group.title()).strip()),
            code(group.productType(), NAME_BYTES));
  }

  static String counts(GroupFacts group) {
    return String.format(
        Locale.ROOT,
        "%,d failure%s of %,d circuit%s",
        group.failures(),
        group.failures() == 1 ? "" : "s",
        group.circuits(),
        group.circuits() == 1 ? "" : "s");
  }

  static String line(Alert alert) {
    String tids =
        alert.devices().stream()
            .limit(TIDS_SHOWN)
            .map(device -> code(device.tid().value(), NAME_BYTES))
            .collect(Collectors.joining(", "));
    return "- "
        + code(alert.circuit().value(), NAME_BYTES)
        + (tids.isEmpty() ? "" : " at " + tids)
        + ", "
        + alert.occurredAt();
  }

  /** What is said of a verdict that is not whole; nothing of the others. */
  static String partial(Alert alert) {
    return alert
        .partial()
        .map(
            codes ->
                "\n- Partial verdict: "
                    + code(codes, NAME_BYTES)
                    + " could not decide and might have won")
        .orElse("");
  }

  static String lines(List<Alert> alerts, Function<Alert, String> line) {
    return alerts.stream().map(line).collect(Collectors.joining("\n"));
  }

  /** Whole lines only, so that no delimiter is cut off its other half. */
  static String fitLines(String lines, int limit) {
    StringBuilder fitted = new StringBuilder();
    int bytes = 0;
    for (String line : lines.split("\n", -1)) {
      bytes += HostileText.utf8Length(line) + 1;
      if (bytes > limit) {
        break;
      }
      fitted.append(fitted.isEmpty() ? "" : "\n").append(line);
    }
    return fitted.toString();
  }

  static String showing(int shown, int all, String what) {
    return String.format(Locale.ROOT, "Showing %,d of %,d %s.", shown, all, what);
  }

  static String places(List<Links.Link> links) {
    String found =
        links.stream()
            .map(link -> "[" + link.title() + "](" + link.url() + ")")
            .collect(Collectors.joining(" · "));
    return found.isEmpty() ? "" : "\n\n" + found;
  }

  static String code(String text, int limit) {
    return HostileText.shown(text, Place.CODE, limit);
  }

  static String prose(String text) {
    return HostileText.shown(text, Place.PROSE, LINE_BYTES);
  }

  private GroupWords() {}
}
