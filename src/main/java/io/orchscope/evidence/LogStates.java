package io.orchscope.evidence;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the copies of a folder's logs have come: {@code .parts}, which is there as long as the
 * folder is not complete.
 *
 * <p>Shape, for each log:
 *
 * <pre>
 *   &lt;id&gt;.json   its {@link LogState}
 *   &lt;id&gt;.part   what has been copied, uncompressed; what counts of it is in the state
 *   &lt;id&gt;.gz     the same compressed, on its way to its place
 * </pre>
 *
 * <p>Safe for any number of threads; whoever changes the state of a log has it to himself.
 */
final class LogStates {

  /** The folder's name; one that begins with a dot is nobody else's. */
  static final String FOLDER = ".parts";

  private static final Logger LOG = LoggerFactory.getLogger(LogStates.class);
  private static final int ID_DIGITS = 24;

  private final Path parts;
  private final LogDisk disk;
  private final List<LogState> states = new ArrayList<>();

  LogStates(Path folder, LogDisk disk) {
    this.parts = folder.resolve(FOLDER);
    this.disk = disk;
  }

  /** What is written in a folder, and what its manifest says of files whose state is lost. */
  static LogStates read(Path folder, LogManifest manifest, LogDisk disk) throws IOException {
    LogStates read = new LogStates(folder, disk);
    for (Path file : files(read.parts, ".json")) {
      try {
        read.states.add(EvidenceJson.read(Files.readAllBytes(file), LogState.class));
      } catch (IOException unreadable) {
        LOG.warn("The state of a log cannot be read; it is collected anew. file={}", file);
      }
    }
    for (LogManifest.Artifact artifact : manifest.artifacts()) {
      if (artifact.part().isEmpty() && read.named(artifact.plainName()).isEmpty()) {
        LogState lost = LogState.of(artifact, 0);
        read.states.add(LogState.of(artifact, read.ofSource(lost.source()).size()));
      }
    }
    return read;
  }

  /** All, in the order of their names. */
  synchronized List<LogState> all() {
    return states.stream().sorted(Comparator.comparing(LogState::name)).toList();
  }

  /** The newest file of a source, which gets a name now if it has none. */
  synchronized LogState current(LogState.Source source, LogNames names) {
    List<LogState> known = ofSource(source);
    if (!known.isEmpty()) {
      return known.get(known.size() - 1);
    }
    return next(source, names);
  }

  /** A further file of a source. */
  synchronized LogState next(LogState.Source source, LogNames names) {
    LogState fresh =
        LogState.fresh(source, ofSource(source).size(), names.name(source, List.copyOf(states)));
    states.add(fresh);
    return fresh;
  }

  /** By the name in place, or the one before compression. */
  synchronized Optional<LogState> named(String name) {
    return states.stream()
        .filter(state -> state.name().equals(name) || state.placed().equals(name))
        .findFirst();
  }

  /** What a manifest says of it. */
  Optional<LogManifest.Artifact> artifact(LogState state) throws IOException {
    if (state.whole().isPresent()) {
      return Optional.of(LogManifest.Artifact.of(state, state.whole().get()));
    }
    if (!state.holdsSomething()) {
      return Optional.empty();
    }
    Mark mark = state.part().orElseThrow().mark();
    return Optional.of(
        LogManifest.Artifact.of(
            state,
            mark,
            Sha256.hex(part(state), mark.bytes()),
            FOLDER + "/" + id(state) + ".part"));
  }

  private List<LogState> ofSource(LogState.Source source) {
    return states.stream()
        .filter(state -> state.source().equals(source))
        .sorted(Comparator.comparingInt(LogState::generation))
        .toList();
  }

  /** Writes a state down in place of the one of the same name. */
  LogState put(LogState state) throws IOException {
    disk.replace(file(state, ".json"), file(state, ".json.new"), EvidenceJson.write(state));
    synchronized (this) {
      states.replaceAll(known -> known.name().equals(state.name()) ? state : known);
    }
    return state;
  }

  /** Whether a file may not have come to its place yet, or its predecessor not have left it. */
  boolean isOnItsWay(LogState state) {
    return state.whole().isPresent()
        && state.part().isEmpty()
        && (Disk.exists(part(state)) || Disk.exists(packed(state)));
  }

  Path part(LogState state) {
    return file(state, ".part");
  }

  Path packed(LogState state) {
    return file(state, ".gz");
  }

  Path link(LogState state) {
    return file(state, ".link");
  }

  Path manifestDraft() {
    return parts.resolve("manifest.json.new");
  }

  /** Removes what no state speaks of. */
  void removeStrays() throws IOException {
    List<String> ids = all().stream().map(LogStates::id).toList();
    for (Path file : files(parts, "")) {
      String name = String.valueOf(file.getFileName());
      boolean isKnown =
          name.equals(FolderLock.FILE) || ids.contains(name.replaceFirst("\\..*", ""));
      if (!isKnown) {
        disk.delete(file);
      }
    }
  }

  /** Nothing is going to be read on. */
  void removeAll() throws IOException {
    disk.deleteAll(parts);
  }

  private Path file(LogState state, String ending) {
    return parts.resolve(id(state) + ending);
  }

  private static String id(LogState state) {
    StringBuilder text = new StringBuilder();
    LogState.Source source = state.source();
    List.of(source.kind(), source.host(), source.path(), source.device().orElse(""))
        .forEach(part -> text.append(part.length()).append('|').append(part));
    text.append(source.device().isPresent()).append(state.generation());
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_16BE);
    return Sha256.hex(bytes).substring(0, ID_DIGITS);
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> Files.isRegularFile(child, NOFOLLOW_LINKS))
          .filter(child -> String.valueOf(child.getFileName()).endsWith(ending))
          .sorted()
          .toList();
    }
  }
}
