package io.orchscope;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watch over files that are edited while the application runs.
 *
 * <p>A change is examined when the files have been stable for {@link #STABLE}, so that a save in
 * several writes is one change. A faulty change is reported when they have been stable for {@link
 * #STABLE_WHEN_FAULTY}, because a file that is still being copied looks the same. What an
 * examination found is dropped when the files changed meanwhile.
 */
final class FileWatch {

  static final Duration STABLE = Duration.ofSeconds(1);
  static final Duration STABLE_WHEN_FAULTY = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(FileWatch.class);
  private static final long LOOK_MILLIS = 200;

  /** The files that are watched. */
  @FunctionalInterface
  interface Listing {

    /** The files of now. */
    List<Path> list() throws IOException;
  }

  /** Examination of the files as they are now; it changes nothing. */
  @FunctionalInterface
  interface Examination {

    Finding examine();
  }

  /**
   * What an examination found.
   *
   * @param isSound whether the files can be used
   * @param act takes the change or reports what is wrong with it
   */
  record Finding(boolean isSound, Runnable act) {}

  /** Tells that a file was written, also when it was replaced by one of the same time and size. */
  private record Stamp(long modified, long size, String key) {}

  private final Listing listing;
  private final Examination examination;
  private final LongSupplier nanos;
  private Map<Path, Stamp> seen = Map.of();
  private long seenAt;
  private boolean isSettled = true;
  private boolean isFirst = true;
  private Optional<Finding> pending = Optional.empty();

  /**
   * A watch that looks when {@link #look} is called.
   *
   * @param nanos time that passes evenly, as {@link System#nanoTime}
   */
  FileWatch(Listing listing, Examination examination, LongSupplier nanos) {
    this.listing = listing;
    this.examination = examination;
    this.nanos = nanos;
  }

  /** Looks several times a second from the start of a context to its stop. */
  void through(CamelContext context, String name) {
    try {
      context.addService(new Looks(context, name));
    } catch (Exception unwatchable) {
      throw new IllegalStateException("The files cannot be watched: " + name, unwatchable);
    }
  }

  /** Looks once. Errors: none. */
  synchronized void look() {
    try {
      Map<Path, Stamp> now = stamps();
      if (isFirst || !now.equals(seen)) {
        isFirst = false;
        seen = now;
        seenAt = nanos.getAsLong();
        isSettled = false;
        pending = Optional.empty();
      } else if (!isSettled) {
        settle();
      }
    } catch (IOException | RuntimeException | Error failed) {
      // A look that throws would be the last one.
      log.error("Edited files could not be examined.", failed);
      isSettled = true;
    }
  }

  private void settle() throws IOException {
    if (!isStableFor(STABLE)) {
      return;
    }
    if (pending.isEmpty()) {
      pending = Optional.of(examination.examine());
      if (!stamps().equals(seen)) {
        // The next look begins again.
        pending = Optional.empty();
        return;
      }
    }
    Finding finding = pending.get();
    if (finding.isSound() || isStableFor(STABLE_WHEN_FAULTY)) {
      isSettled = true;
      pending = Optional.empty();
      finding.act().run();
    }
  }

  private boolean isStableFor(Duration time) {
    return nanos.getAsLong() - seenAt >= time.toNanos();
  }

  private Map<Path, Stamp> stamps() throws IOException {
    Map<Path, Stamp> stamps = new LinkedHashMap<>();
    for (Path file : listing.list()) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.put(
            file,
            new Stamp(
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                attributes.size(),
                String.valueOf(attributes.fileKey())));
      } catch (IOException gone) {
        stamps.put(file, new Stamp(0, -1, "unreadable"));
      }
    }
    return stamps;
  }

  /** The thread that looks. */
  private final class Looks extends ServiceSupport {

    private final CamelContext context;
    private final String name;
    private final BooleanSupplier mayLook;
    private Optional<ScheduledExecutorService> thread = Optional.empty();

    Looks(CamelContext context, String name) {
      this.context = context;
      this.name = name;
      this.mayLook = () -> context.isStarted() && !context.isStopping();
    }

    @Override
    protected void doStart() {
      ScheduledExecutorService started =
          context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, name);
      // A look throws nothing, so its future has nothing to tell.
      ScheduledFuture<?> unused =
          started.scheduleWithFixedDelay(
              () -> {
                if (mayLook.getAsBoolean()) {
                  look();
                }
              },
              LOOK_MILLIS,
              LOOK_MILLIS,
              TimeUnit.MILLISECONDS);
      thread = Optional.of(started);
    }

    @Override
    protected void doStop() {
      thread.ifPresent(context.getExecutorServiceManager()::shutdownNow);
      thread = Optional.empty();
    }
  }
}
