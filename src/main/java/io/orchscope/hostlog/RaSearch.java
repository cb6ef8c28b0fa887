package io.orchscope.hostlog;

import io.orchscope.hostlog.LogGap.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds what a resource adapter logged about one device on one host while an orchestration ran,
 * over all of the adapter's files: the current one, rotated and compressed ones.
 */
final class RaSearch {

  private static final String ADAPTER = "{adapter}";

  private final HostLogs logs;
  private final List<String> patterns;
  private final RaLogsWanted wanted;
  private final LogBudget budget;
  private final long excerptBytes;
  private final Needles needles;
  private final long from;
  private final long to;
  private final List<FoundLog> found = new ArrayList<>();
  private final List<LogGap> gaps = new ArrayList<>();

  RaSearch(
      HostLogs logs,
      List<String> patterns,
      RaLogsWanted wanted,
      LogBudget budget,
      long excerptBytes) {
    this.logs = logs;
    this.patterns = patterns;
    this.wanted = wanted;
    this.budget = budget;
    this.excerptBytes = excerptBytes;
    this.needles =
        new Needles(List.of(wanted.providerResourceId(), wanted.device(), tid(wanted.device())));
    this.from = wanted.from().toEpochMilli() - HostLogs.SLACK_MILLIS;
    this.to = wanted.to().toEpochMilli() + HostLogs.SLACK_MILLIS;
  }

  /** What the host has. Errors: none; what goes wrong is a gap. */
  LogSearch search() {
    if (!isSegment(wanted.adapter()) || needles.isEmpty()) {
      gaps.add(new LogGap(logs.host(), what(), Reason.NOT_KNOWN, "There is no adapter for it"));
      return new LogSearch(logs.host(), List.of(), gaps);
    }
    try {
      logs.files().prepare(wanted.from(), wanted.to(), budget);
      if (!readAll()) {
        // Under new names all is known by now.
        logs.folders().forget();
        found.clear();
        gaps.clear();
        readAll();
      }
    } catch (IOException e) {
      gaps.add(HostFault.gap(logs.host(), what(), e));
    }
    return new LogSearch(logs.host(), List.copyOf(found), List.copyOf(gaps));
  }

  /** False when a file was rotated meanwhile. */
  private boolean readAll() throws IOException {
    boolean isSound = true;
    for (HostFile file : candidates()) {
      try {
        read(file);
      } catch (RotatedException e) {
        isSound = false;
        gaps.add(HostFault.gap(logs.host(), file.path(), e));
      } catch (HostFault e) {
        if (e.endsTheSearch()) {
          throw e;
        }
        isSound &= e.reason() != Reason.NOT_FOUND;
        gaps.add(HostFault.gap(logs.host(), file.path(), e));
      }
    }
    return isSound;
  }

  private List<HostFile> candidates() throws IOException {
    List<String> folders =
        patterns.stream().map(it -> it.replace(ADAPTER, wanted.adapter())).toList();
    Folders.Look look =
        new Folders.Look(
            wanted.to(),
            budget,
            (folder, fault) -> gaps.add(HostFault.gap(logs.host(), folder, fault)));
    List<HostFile> files = HostLogs.withoutCopies(logs.folders().files(folders, look));
    return (logs.files().isFlat() ? ofAdapter(files) : files)
        .stream()
            .filter(it -> it.modified() >= from)
            .sorted(
                Comparator.comparingLong(HostFile::modified)
                    .reversed()
                    .thenComparing(HostFile::path))
            .toList();
  }

  /** Without folders, the files whose paths name the adapter, or else all but plan logs. */
  private List<HostFile> ofAdapter(List<HostFile> files) {
    String adapter = wanted.adapter().toLowerCase(Locale.ROOT);
    List<HostFile> named =
        files.stream().filter(it -> it.path().toLowerCase(Locale.ROOT).contains(adapter)).toList();
    return named.isEmpty()
        ? files.stream().filter(it -> !LogNames.isPlanLog(it.path())).toList()
        : named;
  }

  private void read(HostFile file) throws IOException {
    if (LogNames.isPackedOtherwise(file.name())) {
      throw new HostFault(Reason.NOT_READABLE, file.path() + " is not compressed with gzip");
    }
    Excerpt excerpt = new Excerpt(excerptBytes);
    try {
      logs.withIndex(
          file,
          Allowance.all(budget),
          (text, index) -> {
            if (file.isPacked()) {
              new PackedSearch(text, index, needles, from, to, excerpt).search();
            } else {
              new PlainSearch(text, index, needles, from, to, excerpt).search();
            }
            return true;
          });
    } finally {
      keep(file, excerpt);
    }
  }

  /** Also what was found before a fault. */
  private void keep(HostFile file, Excerpt excerpt) {
    if (excerpt.isEmpty()) {
      return;
    }
    LogOrigin origin = logs.origin(file, LogKind.RA, Optional.of(wanted.device()));
    found.add(new ExcerptLog(origin, file.modifiedAt(), excerpt.end()));
    if (excerpt.isCut()) {
      String excuse = "More than " + excerptBytes + " bytes are about it";
      gaps.add(new LogGap(logs.host(), file.path(), Reason.TOO_MUCH, excuse));
    }
  }

  private String what() {
    return "RA logs of " + wanted.device();
  }

  /** Of an FQDN the first label; of an address nothing. */
  private static String tid(String device) {
    int dot = device.indexOf('.');
    boolean isAddress = device.matches("[0-9.]+|.*:.*");
    return dot > 0 && !isAddress ? device.substring(0, dot) : "";
  }

  private static boolean isSegment(String adapter) {
    return adapter.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*");
  }
}
