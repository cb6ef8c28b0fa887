package io.orchscope.hostlog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the logs of plan scripts that belong to one orchestration on one host: first those that its
 * trace names, then those with an id in their names, then those that mention one in their text.
 *
 * <p>Only the last need to be read, each once for all circuits; half of the budget is left for what
 * is found.
 */
final class PlanSearch {

  private static final String WHAT = "plan logs";

  /** More logs than that do not belong to one circuit. */
  private static final int MOST = 1_000;

  private static final Comparator<HostFile> NEWEST_FIRST =
      Comparator.comparingLong(HostFile::modified).reversed().thenComparing(HostFile::path);

  private final HostLogs logs;
  private final List<String> patterns;
  private final PlanLogsWanted wanted;
  private final LogBudget budget;
  private final Set<String> stems;
  private final Needles ids;
  private final Map<String, HostFile> found = new LinkedHashMap<>();
  private final List<LogGap> gaps = new ArrayList<>();

  PlanSearch(HostLogs logs, List<String> patterns, PlanLogsWanted wanted, LogBudget budget) {
    this.logs = logs;
    this.patterns = patterns;
    this.wanted = wanted;
    this.budget = budget;
    this.stems = wanted.names().stream().map(LogNames::stem).collect(Collectors.toSet());
    this.ids = new Needles(wanted.ids());
  }

  /** What the host has. Errors: none; what goes wrong is a gap. */
  LogSearch search() {
    try {
      logs.files().prepare(wanted.from(), wanted.to(), budget);
      if (!lookThroughAll()) {
        logs.folders().forget();
        found.clear();
        gaps.clear();
        lookThroughAll();
      }
    } catch (IOException e) {
      gaps.add(HostFault.gap(logs.host(), WHAT, e));
    }
    List<FoundLog> all = found.values().stream().map(this::log).toList();
    return new LogSearch(logs.host(), all, List.copyOf(gaps));
  }

  /** False when a file was rotated meanwhile. */
  private boolean lookThroughAll() throws IOException {
    List<HostFile> files = HostLogs.withoutCopies(planLogs());
    take(files.stream().filter(this::isNamed).toList());
    take(files.stream().filter(this::hasIdInName).toList());
    return ids.isEmpty() || readForMentions(files);
  }

  private List<HostFile> planLogs() throws IOException {
    Folders.Look look =
        new Folders.Look(
            wanted.to(),
            budget,
            (folder, fault) -> gaps.add(HostFault.gap(logs.host(), folder, fault)));
    List<HostFile> files = logs.folders().files(patterns, look);
    return logs.files().isFlat()
        ? files.stream().filter(it -> isNamed(it) || LogNames.isPlanLog(it.path())).toList()
        : files;
  }

  private void take(List<HostFile> files) {
    files.stream().sorted(NEWEST_FIRST).forEach(this::take);
  }

  private void take(HostFile file) {
    if (found.size() < MOST) {
      found.put(file.path(), file);
    } else if (found.size() == MOST && !found.containsKey(file.path())) {
      String excuse = "More than " + MOST + " logs belong to it";
      LogGap gap = new LogGap(logs.host(), WHAT, LogGap.Reason.TOO_MUCH, excuse);
      if (!gaps.contains(gap)) {
        gaps.add(gap);
      }
    }
  }

  private boolean isNamed(HostFile file) {
    String name = file.name();
    return stems.stream().anyMatch(name::startsWith) && stems.contains(LogNames.stem(name));
  }

  private boolean hasIdInName(HostFile file) {
    byte[] name = file.name().getBytes(StandardCharsets.UTF_8);
    return !ids.isEmpty()
        && ids.mayBeAmong(Mentions.in(name, name.length))
        && ids.isIn(name, 0, name.length);
  }

  private boolean readForMentions(List<HostFile> files) throws IOException {
    MentionSearch mentions = new MentionSearch(logs, ids, Allowance.half(budget));
    List<HostFile> candidates =
        files.stream()
            .filter(it -> !found.containsKey(it.path()) && mayBeOfTheTime(it))
            .sorted(NEWEST_FIRST)
            .toList();
    boolean isSound = true;
    for (HostFile file : candidates) {
      try {
        if (mentions.isIn(file)) {
          take(file);
        }
      } catch (HostFault e) {
        if (e.endsTheSearch()) {
          throw e;
        }
        isSound &= e.reason() != LogGap.Reason.NOT_FOUND;
        gaps.add(HostFault.gap(logs.host(), file.path(), e));
      } catch (RotatedException e) {
        isSound = false;
        gaps.add(HostFault.gap(logs.host(), file.path(), e));
      }
    }
    return isSound;
  }

  private boolean mayBeOfTheTime(HostFile file) {
    return file.modified() >= wanted.from().toEpochMilli() - HostLogs.SLACK_MILLIS
        && LogNames.begunAt(file.name()).orElse(Long.MIN_VALUE)
            <= wanted.to().toEpochMilli() + HostLogs.SLACK_MILLIS;
  }

  private FoundLog log(HostFile file) {
    return new WholeLog(
        logs.origin(file, LogKind.PLAN, Optional.empty()), logs.files(), file, budget);
  }
}
