package io.orchscope.evidence;

import io.orchscope.hostlog.LogGap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What works on one folder of logs as long as it is not complete. */
final class LogBench implements AutoCloseable {

  private final Path folder;
  private final LogTools tools;
  private final LogStates states;
  private final LogIntake intake;
  private final FolderLock lock;

  /** What a try has come to. */
  record Ending(
      LogManifest before,
      List<LogGap> gaps,
      int tries,
      boolean givesUp,
      Optional<LogRemark> decisive) {}

  /** Finishes what a dead process has left between two steps. */
  LogBench(Path folder, LogManifest before, LogTools tools, FolderLock lock) throws IOException {
    this.folder = folder;
    this.tools = tools;
    this.lock = lock;
    this.states = LogStates.read(folder, before, tools.disk());
    LogNames names = new LogNames(tools.form().layout(), before.subject(), folder);
    this.intake =
        new LogIntake(
            states,
            names,
            new LogTransfer(tools.disk(), tools.masks(), tools.tuning()),
            new LogShelf(folder, tools, states, names));
    intake.recover();
  }

  Kept keep(LogIntake.Original original) throws IOException {
    LogIntake.Taken taken = intake.take(original);
    LogState state = taken.state();
    return new Kept(
        status(taken),
        state.holdsSomething() ? Optional.of(state.placed()) : Optional.empty(),
        state.originalBytes(),
        state.masked(),
        taken.fault().map(fault -> LogBreak.gap(state.source(), fault)));
  }

  private static Kept.Status status(LogIntake.Taken taken) {
    LogState state = taken.state();
    if (taken.fault().isPresent()) {
      boolean isAsItWas = state.whole().isPresent() && !state.isPartial();
      return isAsItWas ? Kept.Status.ALREADY_KEPT : Kept.Status.PARTIAL;
    }
    if (!taken.isNew()) {
      return Kept.Status.ALREADY_KEPT;
    }
    return state.originalBytes() == 0 ? Kept.Status.EMPTY : Kept.Status.KEPT;
  }

  Instant now() {
    return tools.clock().instant();
  }

  /** An answer as the layout has it. */
  byte[] text(ArtifactKind kind, byte[] text) {
    boolean isIndented = tools.form().layout() == LogLayout.LEGACY && kind == ArtifactKind.TRACE;
    return isIndented ? IndentedJson.of(text) : text;
  }

  /** What can be told of now, in the order of the names. */
  List<LogManifest.Artifact> artifacts() throws IOException {
    List<LogManifest.Artifact> artifacts = new ArrayList<>();
    for (LogState state : states.all()) {
      states.artifact(state).ifPresent(artifacts::add);
    }
    artifacts.sort(Comparator.comparing(LogManifest.Artifact::name));
    return List.copyOf(artifacts);
  }

  /** Logs that nobody has looked into since they were copied. */
  List<LogManifest.Artifact> unread() throws IOException {
    List<LogManifest.Artifact> unread = new ArrayList<>();
    for (LogState state : states.all()) {
      if (!state.source().isText() && state.remarks().isEmpty()) {
        states.artifact(state).ifPresent(unread::add);
      }
    }
    return List.copyOf(unread);
  }

  /** Notes what was found in a log; nothing when there is no such log. */
  void remark(String artifact, List<LogRemark> found) throws IOException {
    Optional<LogState> state = states.named(artifact);
    if (state.isPresent()) {
      states.put(state.get().with(found));
    }
  }

  /** Writes the manifest; nothing is left in {@code .parts} of what is complete. */
  LogStatus end(Ending ending) throws IOException {
    intake.settle();
    LogStatus status = status(ending);
    if (status == LogStatus.GIVEN_UP) {
      intake.publish();
    }
    write(manifest(ending, status));
    if (status == LogStatus.COMPLETE) {
      states.removeAll();
    }
    return status;
  }

  void write(LogManifest manifest) throws IOException {
    tools
        .disk()
        .replace(
            folder.resolve(LogManifest.FILE), states.manifestDraft(), EvidenceJson.write(manifest));
  }

  private LogStatus status(Ending ending) {
    List<LogState> partial = states.all().stream().filter(LogState::isPartial).toList();
    boolean mayPass =
        ending.gaps().stream().anyMatch(gap -> gap.reason().mayPass())
            || partial.stream().anyMatch(LogState::mayPass);
    if (partial.isEmpty() && !mayPass) {
      return LogStatus.COMPLETE;
    }
    return ending.givesUp() || !mayPass ? LogStatus.GIVEN_UP : LogStatus.INCOMPLETE;
  }

  private LogManifest manifest(Ending ending, LogStatus status) throws IOException {
    List<LogManifest.Artifact> artifacts = artifacts();
    List<LogRemark> remarks =
        states.all().stream()
            .flatMap(
                state ->
                    state.remarks().stream().flatMap(List::stream).map(it -> it.in(state.placed())))
            .toList();
    return new LogManifest(
        LogManifest.FORMAT,
        ending.before().subject(),
        status.word(),
        ending.tries(),
        ending.before().firstCollected(),
        tools.clock().instant(),
        artifacts,
        ending.gaps().stream().map(gap -> LogManifest.Gap.of(gap, tools.masks().get())).toList(),
        remarks,
        ending.decisive().flatMap(this::stillHere));
  }

  /** Under the name that its log has now. */
  private Optional<LogRemark> stillHere(LogRemark remark) {
    return states
        .named(remark.artifact())
        .filter(LogState::holdsSomething)
        .map(state -> remark.in(state.placed()));
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
