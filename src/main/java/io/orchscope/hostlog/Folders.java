package io.orchscope.hostlog;

import io.orchscope.hostlog.LogGap.Reason;
import io.orchscope.settings.Clocks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of one host by pattern, and their files. Lists are good for a few seconds, so that
 * circuits that are looked for at the same time share them. Safe for any number of threads.
 */
final class Folders {

  /** However young the end of an orchestration is, a list is good for that long. */
  private static final Duration ALWAYS_GOOD = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Folders.class);

  private final String host;
  private final HostFiles files;
  private final Duration fresh;
  private final Clocks clocks;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final Map<String, Listing> listings = new ConcurrentHashMap<>();

  /** Folders of which it has been said that they are too large. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  Folders(String host, HostFiles files, Duration fresh, Clocks clocks) {
    this.host = host;
    this.files = files;
    this.fresh = fresh;
    this.clocks = clocks;
  }

  /**
   * The regular files of all folders that fit a pattern, each once; none where none fits.
   *
   * @param patterns as in {@link LogPlaces}
   */
  List<HostFile> files(List<String> patterns, Look look) throws IOException {
    List<HostFile> found = new ArrayList<>();
    for (String folder : files.isFlat() ? List.of("") : folders(patterns, look)) {
      for (HostFile file : listed(folder, look)) {
        if (!file.isFolder()) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /** From now on all is listed anew. */
  void forget() {
    listings.clear();
  }

  private List<String> folders(List<String> patterns, Look look) throws IOException {
    List<String> all = new ArrayList<>();
    for (String pattern : patterns) {
      List<String> reached = List.of("");
      for (String segment : pattern.substring(1).split("/", -1)) {
        List<String> next = new ArrayList<>();
        for (String folder : reached) {
          next.addAll(step(folder, segment, look));
        }
        reached = next;
      }
      all.addAll(reached);
    }
    return all.stream().distinct().toList();
  }

  private List<String> step(String folder, String segment, Look look) throws IOException {
    if (segment.indexOf('*') < 0) {
      return List.of(folder + "/" + segment);
    }
    return listed(folder, look).stream()
        .filter(it -> it.isFolder() && isLike(it.name(), segment))
        .map(HostFile::path)
        .sorted()
        .toList();
  }

  /** Whether a name fits a pattern in which {@code *} stands for any text. */
  static boolean isLike(String name, String pattern) {
    String[] parts = pattern.split("\\*", -1);
    int last = parts.length - 1;
    if (last == 0) {
      return name.equals(pattern);
    }
    int at = parts[0].length();
    if (!name.startsWith(parts[0])) {
      return false;
    }
    for (int i = 1; i < last; i++) {
      int found = name.indexOf(parts[i], at);
      if (found < 0) {
        return false;
      }
      at = found + parts[i].length();
    }
    return name.length() - at >= parts[last].length() && name.endsWith(parts[last]);
  }

  private List<HostFile> listed(String folder, Look look) throws IOException {
    if (files.isFlat()) {
      // It is there already, and may be another one for the next circuit.
      return files.list(folder, look.budget());
    }
    Optional<Listing> known = known(folder, look);
    Listing listing = known.isPresent() ? known.get() : anew(folder, look);
    listing.refusal().ifPresent(fault -> look.unreadable().accept(folder, fault));
    return listing.files();
  }

  private Listing anew(String folder, Look look) throws IOException {
    enter(look.budget());
    try {
      Optional<Listing> known = known(folder, look);
      if (known.isPresent()) {
        return known.get();
      }
      Instant asked = clocks.wall().instant();
      Instant at = clocks.steady().instant();
      listings.values().removeIf(it -> !isFresh(it, at));
      Listing fresh = list(folder, look, asked, at);
      listings.put(folder, fresh);
      return fresh;
    } finally {
      turn.unlock();
    }
  }

  private Optional<Listing> known(String folder, Look look) {
    Instant now = clocks.steady().instant();
    return Optional.ofNullable(listings.get(folder))
        .filter(it -> isFresh(it, now))
        .filter(it -> it.asked().isAfter(look.to()) || it.at().plus(ALWAYS_GOOD).isAfter(now));
  }

  private boolean isFresh(Listing listing, Instant now) {
    return listing.at().plus(fresh).isAfter(now);
  }

  /** A folder that is not there has no files. */
  private Listing list(String folder, Look look, Instant asked, Instant at) throws IOException {
    try {
      List<HostFile> all = files.list(folder, look.budget());
      if (all.size() >= NewestFiles.MOST && told.add(folder)) {
        LOG.warn("Only the newest files of a folder are seen. host={} folder={}", host, folder);
      }
      return new Listing(all, Optional.empty(), asked, at);
    } catch (HostFault e) {
      if (e.endsTheSearch()) {
        throw e;
      }
      Optional<HostFault> refusal = Optional.of(e).filter(it -> it.reason() != Reason.NOT_FOUND);
      return new Listing(List.of(), refusal, asked, at);
    }
  }

  private void enter(LogBudget budget) throws IOException {
    try {
      if (!turn.tryLock(budget.timeLeft().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new OutOfBudgetException("Folders of the host are listed for too long", true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostFault(Reason.BROKE_OFF, "Interrupted while folders were listed", e);
    }
  }

  /**
   * For whom folders are listed.
   *
   * @param to until when the files must have what was logged
   * @param unreadable is told of folders that may not be listed
   */
  record Look(Instant to, LogBudget budget, BiConsumer<String, HostFault> unreadable) {}

  /**
   * The files of a folder.
   *
   * @param refusal why there are none, if the folder may not be listed
   * @param asked wall time
   * @param at steady time
   */
  private record Listing(
      List<HostFile> files, Optional<HostFault> refusal, Instant asked, Instant at) {}
}
