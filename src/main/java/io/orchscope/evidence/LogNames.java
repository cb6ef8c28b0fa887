package io.orchscope.evidence;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Names for the texts of one folder. A name that another text has, or that differs from it in case
 * alone, gets a number.
 */
final class LogNames {

  private static final String DOWNLOADS = "plan-script-downloads";

  private final LogLayout layout;
  private final LogSubject subject;
  private final Path folder;

  /**
   * A name with {@code /}.
   *
   * @param copy a second one, in the old layout
   */
  record Named(String name, Optional<String> copy) {}

  /** Names before anything is put between their two parts. */
  private record Form(String name, String ending, Optional<String> copy, String copyEnding) {

    private Named numbered(int number) {
      String suffix = number == 1 ? "" : "-" + number;
      return new Named(
          name + suffix + ending, copy.map(beginning -> beginning + suffix + copyEnding));
    }
  }

  LogNames(LogLayout layout, LogSubject subject, Path folder) {
    this.layout = layout;
    this.subject = subject;
    this.folder = folder;
  }

  /** A name for a text that none of the others has, nor any other file. */
  Named name(LogState.Source source, List<LogState> others) {
    Set<String> taken = new HashSet<>();
    for (LogState other : others) {
      taken.add(folded(other.name()));
      other.copy().ifPresent(copy -> taken.add(folded(copy)));
    }
    Form form = layout == LogLayout.OWN ? own(source) : legacy(source);
    int number = 1;
    while (!isFree(form.numbered(number), taken)) {
      number++;
    }
    return form.numbered(number);
  }

  private boolean isFree(Named named, Set<String> taken) {
    return !taken.contains(folded(named.name()))
        && named.copy().filter(copy -> taken.contains(folded(copy))).isEmpty()
        && !Disk.exists(folder.resolve(named.name()))
        && !Disk.exists(folder.resolve(named.name() + ".gz"))
        && named.copy().filter(copy -> Disk.exists(folder.resolve(copy))).isEmpty();
  }

  /** What a name takes from others: what is {@code x.gz} may one day be {@code x}. */
  private static String folded(String name) {
    String folded = name.toUpperCase(Locale.ROOT);
    return folded.endsWith(".GZ") ? folded.substring(0, folded.length() - 3) : folded;
  }

  private static Form own(LogState.Source source) {
    String host = LogName.of(source.host()) + "/";
    String device = LogName.of(source.device().orElse("")) + "/";
    return switch (kind(source)) {
      case PLAN -> single("plan/" + host + uncompressed(source), "");
      case RA -> single("ra/" + device + host + uncompressed(source), "");
      case TRACE -> single("trace-log", ".json");
      case TOPOLOGY -> single("topology", ".json");
    };
  }

  private Form legacy(LogState.Source source) {
    String log = uncompressed(source);
    return switch (kind(source)) {
      case PLAN -> new Form(log, ".txt", Optional.of(DOWNLOADS + "/" + log), ".log");
      case RA -> {
        String device = legacyFolder(source.device().orElse("")) + "/";
        String download = log.endsWith(".log") ? log.substring(0, log.length() - 4) : log;
        yield new Form(
            device + log, ".txt", Optional.of(device + "ra_log_download/" + download), ".log");
      }
      case TRACE -> single(LogName.of(subject.circuit() + "_orch_trace"), ".txt");
      case TOPOLOGY -> single("topology", ".json");
    };
  }

  /** A device's folder, which stands beside files and other folders of ours. */
  private static String legacyFolder(String device) {
    String name = LogName.of(device);
    boolean isOurs = name.equalsIgnoreCase(DOWNLOADS) || name.matches("(?i).*\\.(txt|json|gz)");
    return isOurs ? LogName.escaped(device) : name;
  }

  private static Form single(String name, String ending) {
    return new Form(name, ending, Optional.empty(), "");
  }

  /** What a host has compressed is kept as text, or compressed by us. */
  private static String uncompressed(LogState.Source source) {
    String name = source.nameOnHost();
    return LogName.of(name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name);
  }

  private static ArtifactKind kind(LogState.Source source) {
    return Arrays.stream(ArtifactKind.values())
        .filter(kind -> kind.word().equals(source.kind()))
        .findFirst()
        .orElse(ArtifactKind.PLAN);
  }
}
