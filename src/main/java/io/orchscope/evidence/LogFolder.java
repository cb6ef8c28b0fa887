package io.orchscope.evidence;

import io.orchscope.hostlog.FoundLog;
import io.orchscope.hostlog.LogBudget;
import io.orchscope.hostlog.LogGap;
import io.orchscope.logtext.Remark;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The logs of one attempt while they are collected; or, once they are {@linkplain #isComplete
 * complete}, as they are for good: then nothing here writes anything.
 *
 * <p>Logs may be kept by any number of threads; {@link #end} is for when all of them are done.
 * Whoever closes it lets others work on the folder.
 *
 * <p>Errors: {@link StorageFault} when the disk is full or refuses: nothing half is in place then,
 * and what has come is gone on with the next time.
 */
public final class LogFolder implements AutoCloseable {

  private final Path folder;
  private final LogManifest before;
  private final Optional<LogBench> bench;
  private final Map<LogState.Source, LogGap> broken = new ConcurrentHashMap<>();
  private Optional<LogRemark> decisive;

  private interface Work<T> {
    T on(LogBench bench) throws IOException;
  }

  LogFolder(Path folder, LogManifest before, Optional<LogBench> bench) {
    this.folder = folder;
    this.before = before;
    this.bench = bench;
    this.decisive = before.decisive();
  }

  /** Whether all that there will ever be was here when it was opened. */
  public boolean isComplete() {
    return before.isComplete();
  }

  /** What it held when it was opened. */
  public LogManifest manifest() {
    return before;
  }

  /**
   * Copies a log, masked, from where an earlier try left it.
   *
   * <p>The budget is asked for time; bytes are drawn by the log itself while it is read. A log that
   * breaks off is no error but a gap, which {@link #end} knows of by itself.
   */
  public Kept keep(FoundLog log, LogBudget budget) {
    LogState.Source source = LogState.Source.of(log.origin());
    return keep(
        new LogIntake.Original(
            source,
            log.isResumable(),
            log.modifiedAt(),
            offset -> {
              budget.requireTime();
              return log.open(offset);
            }));
  }

  /**
   * Keeps an answer, masked; it takes the place of an earlier one of the same kind and source.
   *
   * @param host who gave it, for people
   * @param path what was asked for there
   */
  public Kept keepText(ArtifactKind kind, String host, String path, byte[] text) {
    LogState.Source source = new LogState.Source(kind.word(), host, path, Optional.empty());
    if (bench.isEmpty()) {
      return asBefore(source);
    }
    byte[] laidOut = bench.get().text(kind, text);
    return keep(
        new LogIntake.Original(
            source, false, bench.get().now(), offset -> new ByteArrayInputStream(laidOut)));
  }

  private Kept keep(LogIntake.Original original) {
    LogState.Source source = original.source();
    if (bench.isEmpty()) {
      return asBefore(source);
    }
    try {
      Kept kept = work("A log could not be kept", bench -> bench.keep(original));
      kept.gap().ifPresentOrElse(gap -> broken.put(source, gap), () -> broken.remove(source));
      return kept;
    } catch (StorageFault refused) {
      broken.put(source, LogBreak.gapOfOurs(source));
      throw refused;
    }
  }

  private Kept asBefore(LogState.Source source) {
    Optional<LogManifest.Artifact> kept =
        before.artifacts().stream()
            .filter(it -> LogState.of(it, 0).source().equals(source))
            .reduce((first, last) -> last);
    return new Kept(
        Kept.Status.ALREADY_KEPT,
        kept.map(LogManifest.Artifact::name),
        kept.map(LogManifest.Artifact::originalBytes).orElse(0L),
        kept.map(LogManifest.Artifact::masked).orElse(0L),
        Optional.empty());
  }

  /** What is here now. */
  public List<LogManifest.Artifact> artifacts() {
    return bench.isEmpty()
        ? before.artifacts()
        : work("Logs could not be listed", LogBench::artifacts);
  }

  /** The text of an artifact, or its beginning. Errors: {@link StorageFault}. */
  public InputStream open(LogManifest.Artifact artifact, long most) {
    try {
      return ArtifactFile.open(folder, artifact, most);
    } catch (IOException e) {
      throw new StorageFault("A log could not be read", folder, e);
    }
  }

  /** Logs about which nobody has said anything since they were copied. */
  public List<LogManifest.Artifact> unread() {
    return bench.isEmpty() ? List.of() : work("Logs could not be listed", LogBench::unread);
  }

  /**
   * What was found in a log.
   *
   * @param artifact its name
   * @param why the one that says why the attempt failed, if there is one
   */
  public void remarks(String artifact, List<Remark> found, Optional<Remark> why) {
    List<LogRemark> remarks =
        found.stream()
            .map(remark -> LogRemark.of(artifact, remark, why.filter(remark::equals).isPresent()))
            .toList();
    if (bench.isPresent()) {
      work(
          "Remarks could not be kept",
          bench -> {
            bench.remark(artifact, remarks);
            return remarks;
          });
    }
  }

  /** The line, of all that were found, that says why the attempt failed. */
  public void decides(String artifact, Remark why) {
    decisive = Optional.of(LogRemark.of(artifact, why, true));
  }

  /** The line that decides, as far as this or an earlier try has found it. */
  public Optional<LogRemark> decisive() {
    return decisive;
  }

  /**
   * Ends a try, and writes down what is here and what is missing.
   *
   * <p>It is complete when nothing that is missing may pass and every log has come to its end. What
   * can never come makes an end of it, too: then it is given up, whatever {@code givesUp} says.
   *
   * @param gaps that were found besides logs that broke off
   * @param tries so many with this one
   * @param givesUp whether nobody will try again by themselves
   */
  public LogStatus end(List<LogGap> gaps, int tries, boolean givesUp) {
    if (bench.isEmpty()) {
      return LogStatus.COMPLETE;
    }
    Set<LogGap> all = new LinkedHashSet<>(gaps);
    all.addAll(broken.values());
    LogBench.Ending ending =
        new LogBench.Ending(before, new ArrayList<>(all), tries, givesUp, decisive);
    return work("A collection of logs could not be ended", bench -> bench.end(ending));
  }

  private <T> T work(String what, Work<T> work) {
    try {
      return work.on(bench.orElseThrow());
    } catch (IOException e) {
      throw new StorageFault(what, folder, e);
    }
  }

  @Override
  public void close() {
    try {
      if (bench.isPresent()) {
        bench.get().close();
      }
    } catch (IOException e) {
      throw new StorageFault("A folder of logs could not be closed", folder, e);
    }
  }
}
