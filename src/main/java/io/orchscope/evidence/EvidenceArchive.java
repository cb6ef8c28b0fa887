package io.orchscope.evidence;

import io.orchscope.defect.Examination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keeps what a verdict was drawn from, one folder per attempt of a circuit.
 *
 * <p>Shape:
 *
 * <pre>
 * &lt;root&gt;/&lt;product type&gt;/&lt;circuit&gt;/&lt;attempt&gt;/
 *     verdict.json     what was decided and from what
 *     trace-log.json   the newest TraceLog, byte for byte as MDSO sent it but for its
 *                      secrets; if there is one
 *     attempts.json    the other attempts, if there are any
 *     manifest.json    names, sizes and SHA-256 of the other files
 * </pre>
 *
 * <p>A folder is built elsewhere under the root and put in place by a rename, so that a folder in
 * place is whole whenever the process or, with {@link Durability#FSYNC}, the machine dies. The same
 * attempt kept again takes the place of its predecessor; an identical one leaves it alone. Safe for
 * any number of threads, and for several processes that share the root. Nothing is written but what
 * the examination holds.
 *
 * <p>Errors: {@link StorageFault} when the disk is full or refuses; nothing half is in place then.
 * Source: design.md §5.
 */
public final class EvidenceArchive implements AutoCloseable {

  static final String VERDICT = "verdict.json";
  static final String TRACE_LOG = "trace-log.json";
  static final String ATTEMPTS = "attempts.json";
  private static final int STRIPES = 256;

  private final Path root;
  private final Clock clock;
  private final Disk disk;
  private final Incoming incoming;
  private final List<ReentrantLock> stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

  public EvidenceArchive(Path root, Clock clock) {
    this(root, clock, Durability.FSYNC);
  }

  /** Makes the root if it is missing, and finishes or cleans up what a crash left unfinished. */
  public EvidenceArchive(Path root, Clock clock, Durability durability) {
    this.root = root.toAbsolutePath().normalize();
    this.clock = clock;
    this.disk = new Disk(durability);
    try {
      this.incoming = Incoming.open(this.root, disk);
    } catch (IOException e) {
      throw new StorageFault("The evidence archive cannot be opened", this.root, e);
    }
  }

  /** The same, where no OpenTelemetry trace is being recorded. */
  public String keep(Examination examination) {
    return keep(examination, Optional.empty());
  }

  /**
   * Keeps an examination and answers where: a path under the root, with {@code /}.
   *
   * <p>Errors: {@link StorageFault}; keeping the same again is safe.
   */
  public String keep(Examination examination, Optional<String> telemetryTraceId) {
    Attempt attempt = Attempt.of(examination);
    String circuit = examination.resource().circuit().value();
    Place place = Place.of(examination.product().type(), circuit, attempt);
    SortedMap<String, byte[]> files = files(examination, attempt, telemetryTraceId);
    try {
      if (!isKept(place, files)) {
        build(place, files);
      }
    } catch (IOException e) {
      throw new StorageFault("Evidence could not be kept", place.under(root), e);
    }
    return place.toString();
  }

  /**
   * Puts another verdict in the place of a kept one; every other file stays as it is, byte for
   * byte.
   *
   * <p>Errors: {@link StorageFault}.
   *
   * @return false, and nothing is touched, when the folder is not what its manifest says
   */
  boolean replaceVerdict(StoredVerdict stored, Verdict verdict) {
    Place place = Place.parse(stored.folder()).orElseThrow();
    Path folder = place.under(root);
    try {
      if (!Manifest.mismatches(folder).isEmpty()) {
        return false;
      }
      SortedMap<String, byte[]> files = new TreeMap<>();
      for (String name : new String[] {TRACE_LOG, ATTEMPTS}) {
        if (Disk.exists(folder.resolve(name))) {
          files.put(name, Files.readAllBytes(folder.resolve(name)));
        }
      }
      files.put(VERDICT, EvidenceJson.write(verdict));
      build(place, files);
      return true;
    } catch (IOException e) {
      throw new StorageFault("A verdict could not be replaced", folder, e);
    }
  }

  /** What removes attempts from this archive. */
  public EvidencePurge purge() {
    return new EvidencePurge(root, Optional.of(this::remove));
  }

  /** Not while a successor of the attempt is put in its place. */
  private boolean remove(Path attempt, Predicate<Path> goes) throws IOException {
    Optional<Place> place = Place.parse(root.relativize(attempt).toString().replace('\\', '/'));
    ReentrantLock stripe = stripes.get(Math.floorMod(place.hashCode(), STRIPES));
    stripe.lock();
    try {
      return goes.test(attempt) && incoming.remove(attempt, goes);
    } finally {
      stripe.unlock();
    }
  }

  private SortedMap<String, byte[]> files(
      Examination examination, Attempt attempt, Optional<String> telemetryTraceId) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    Verdict verdict = Verdict.of(examination, attempt, clock.instant(), telemetryTraceId);
    files.put(VERDICT, EvidenceJson.write(verdict));
    attempt.trace().ifPresent(trace -> files.put(TRACE_LOG, trace.raw()));
    if (!attempt.others().isEmpty()) {
      files.put(ATTEMPTS, EvidenceJson.write(OtherAttempts.of(attempt.others())));
    }
    return files;
  }

  /** A damaged folder does not count as kept: it is replaced, which heals it. */
  private boolean isKept(Place place, SortedMap<String, byte[]> files) {
    Path folder = place.under(root);
    if (!Disk.exists(folder)) {
      return false;
    }
    try {
      byte[] kept = Files.readAllBytes(folder.resolve(Manifest.FILE));
      return Arrays.equals(kept, EvidenceJson.write(Manifest.of(files)))
          && Manifest.mismatches(folder).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private void build(Place place, SortedMap<String, byte[]> files) throws IOException {
    Path work = incoming.begin();
    ReentrantLock stripe = stripes.get(Math.floorMod(Optional.of(place).hashCode(), STRIPES));
    try {
      Path folder = work.resolve("new");
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        disk.write(folder.resolve(file.getKey()), file.getValue());
      }
      disk.write(folder.resolve(Manifest.FILE), EvidenceJson.write(Manifest.of(files)));
      disk.force(folder);
      stripe.lock();
      try {
        incoming.install(work, place);
      } finally {
        stripe.unlock();
      }
    } finally {
      incoming.end(work, place);
    }
  }

  /** Gives up its place under {@code .incoming}; what was kept stays. */
  @Override
  public void close() {
    try {
      incoming.close();
    } catch (IOException e) {
      throw new StorageFault("The evidence archive could not be closed", root, e);
    }
  }
}
