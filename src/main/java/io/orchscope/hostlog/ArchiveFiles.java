package io.orchscope.hostlog;

import io.orchscope.hostlog.LogGap.Reason;
import io.orchscope.settings.Clocks;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The files that MDSO's log archive gives for a time, fetched into a temporary file that serves all
 * circuits of about that time.
 *
 * <p>Source: domain.md §1.4, {@code GET /logarchive/api/v1/logs?start_time=<iso>&format=zip}.
 */
final class ArchiveFiles implements HostFiles {

  private static final String PATH = "/logarchive/api/v1/logs";

  /** An archive that lacks the last moments of a time is good for so long. */
  private static final Duration GOOD_FOR = Duration.ofMinutes(2);

  /** Says whose a file is that a crash left behind. */
  static final String PREFIX = "orchscope-log-archive-" + ProcessHandle.current().pid() + "-";

  private static final int CHUNK = 64 * 1024;

  private final Fetch fetch;
  private final HostLimits limits;
  private final HostCounters counters;
  private final Setback setback;
  private final Clocks clocks;
  private final ReentrantLock turn = new ReentrantLock(true);
  private volatile Optional<Fetched> current = Optional.empty();
  private volatile boolean isClosed;

  ArchiveFiles(
      Fetch fetch, HostLimits limits, HostCounters counters, Setback setback, Clocks clocks) {
    this.fetch = fetch;
    this.limits = limits;
    this.counters = counters;
    this.setback = setback;
    this.clocks = clocks;
  }

  @Override
  public void prepare(Instant from, Instant to, LogBudget budget) throws IOException {
    if (isGood(from, to)) {
      return;
    }
    enter(budget);
    try {
      if (!isGood(from, to)) {
        setback.requireNone();
        // So that circuits of the same hour share it.
        replace(fetch(from.truncatedTo(ChronoUnit.HOURS), budget));
        requireOpen();
      }
    } finally {
      turn.unlock();
    }
  }

  @Override
  public boolean isFlat() {
    return true;
  }

  @Override
  public List<HostFile> list(String folder, LogBudget budget) throws IOException {
    return archive().files();
  }

  @Override
  public HostFile stat(HostFile file) throws IOException {
    return archive().stat(file.path());
  }

  @Override
  public OpenFile open(HostFile file) throws IOException {
    return archive().open(file.path());
  }

  /** Whoever is fetching it just now gives it up. */
  @Override
  public void close() {
    isClosed = true;
    if (turn.tryLock()) {
      try {
        current.ifPresent(it -> it.archive().retire());
        current = Optional.empty();
      } finally {
        turn.unlock();
      }
    }
  }

  private SpooledArchive archive() throws HostFault {
    return current
        .map(Fetched::archive)
        .orElseThrow(() -> new HostFault(Reason.BROKE_OFF, "The program is stopping"));
  }

  private boolean isGood(Instant from, Instant to) {
    return current
        .filter(it -> !it.start().isAfter(from))
        .filter(
            it ->
                it.asked().isAfter(to)
                    || clocks.steady().instant().isBefore(it.at().plus(GOOD_FOR)))
        .isPresent();
  }

  private void requireOpen() throws HostFault {
    if (isClosed) {
      current.ifPresent(it -> it.archive().retire());
      throw new HostFault(Reason.BROKE_OFF, "The program is stopping");
    }
  }

  private void replace(Fetched fresh) {
    current.ifPresent(it -> it.archive().retire());
    current = Optional.of(fresh);
  }

  private Fetched fetch(Instant start, LogBudget budget) throws IOException {
    Instant asked = clocks.wall().instant();
    Instant at = clocks.steady().instant();
    Path file = Files.createTempFile(PREFIX, ".zip");
    try {
      spool(start, file, budget);
      return new Fetched(start, asked, at, SpooledArchive.open(file));
    } catch (HostFault e) {
      Files.deleteIfExists(file);
      throw isClosed ? e : setback.note(e);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private void spool(Instant start, Path file, LogBudget budget) throws IOException {
    String query =
        "start_time=" + URLEncoder.encode(start.toString(), StandardCharsets.UTF_8) + "&format=zip";
    try (InputStream in = answer(query);
        var out = Files.newOutputStream(file)) {
      counters.connected();
      byte[] chunk = new byte[CHUNK];
      long size = 0;
      for (int count = read(in, chunk); count >= 0; count = read(in, chunk)) {
        budget.requireTime();
        requireOpen();
        size += count;
        counters.read(count);
        if (size > limits.archiveBytes()) {
          throw new HostFault(
              Reason.TOO_MUCH, "The log archive has more than " + limits.archiveBytes() + " bytes");
        }
        out.write(chunk, 0, count);
      }
    }
  }

  private InputStream answer(String query) throws HostFault {
    try {
      return fetch.get(PATH, query);
    } catch (IOException | RuntimeException e) {
      throw fault(e, Reason.UNREACHABLE);
    }
  }

  private static int read(InputStream in, byte[] chunk) throws HostFault {
    try {
      return in.read(chunk);
    } catch (IOException | RuntimeException e) {
      throw fault(e, Reason.BROKE_OFF);
    }
  }

  private static HostFault fault(Exception cause, Reason otherwise) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof SocketTimeoutException) {
      return new HostFault(Reason.TIMED_OUT, message, cause);
    }
    if (cause instanceof Fetch.TooLargeException) {
      return new HostFault(Reason.TOO_MUCH, message, cause);
    }
    if (cause instanceof FileNotFoundException) {
      return new HostFault(Reason.NOT_FOUND, message, cause);
    }
    return new HostFault(otherwise, message, cause);
  }

  private void enter(LogBudget budget) throws IOException {
    try {
      if (!turn.tryLock(budget.timeLeft().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new OutOfBudgetException("The log archive is fetched for too long", true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostFault(Reason.BROKE_OFF, "Interrupted while the log archive is fetched", e);
    }
  }

  /**
   * An archive that is there.
   *
   * @param asked wall time; it has what was logged until then
   * @param at steady time
   */
  private record Fetched(Instant start, Instant asked, Instant at, SpooledArchive archive) {}
}
