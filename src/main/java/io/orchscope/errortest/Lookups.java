package io.orchscope.errortest;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks name servers in both directions, for a bounded time.
 *
 * <p>The JDK's own look-up cannot be told when to end, so each has a thread of its own that nobody
 * waits for any longer; there are no more of them than circuits are tested at once.
 */
final class Lookups {

  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final DeviceAddresses addresses;
  private final Semaphore underWay;

  /**
   * What was found of a target.
   *
   * @param where its SSH is; none when it cannot be found
   * @param words for the finding
   */
  record Found(Optional<InetSocketAddress> where, FindingLine words) {}

  /** An answer; none when there is none, or when it did not come in time. */
  private record Answer<T>(Optional<T> value, boolean inTime) {}

  Lookups(DeviceAddresses addresses, int atOnce) {
    this.addresses = addresses;
    this.underWay = new Semaphore(atOnce);
  }

  /** Looks a target up, and its answer in the other direction. */
  Found of(String target, Deadline deadline) {
    if (!isName(target)) {
      return new Found(Optional.empty(), FindingLine.of("DNS not asked: this is no name"));
    }
    Answer<InetSocketAddress> where = bounded(() -> addresses.addressOf(target), deadline);
    if (where.value().isEmpty()) {
      String words = where.inTime() ? "DNS Resolves to: nothing" : "DNS does not answer in time";
      return new Found(Optional.empty(), FindingLine.of(words));
    }
    InetSocketAddress found = where.value().get();
    Answer<Optional<String>> name = bounded(() -> addresses.nameOf(found.getAddress()), deadline);
    return new Found(where.value(), words(target, found.getAddress(), name, deadline));
  }

  private FindingLine words(
      String target, InetAddress found, Answer<Optional<String>> answer, Deadline deadline) {
    Optional<String> name = answer.value().flatMap(it -> it);
    FindingLine line = FindingLine.of("DNS Resolves to: ");
    if (!isAddress(target)) {
      FindingLine there = line.quote(found.getHostAddress());
      return name.map(it -> there.and(", back to ").quote(it)).orElse(there);
    }
    if (name.isEmpty()) {
      return line.and(answer.inTime() ? "no name" : "no name in time");
    }
    FindingLine there = line.quote(name.get());
    return isName(name.get())
        ? bounded(() -> addresses.addressOf(name.get()), deadline)
            .value()
            .map(back -> there.and(", back to ").quote(back.getAddress().getHostAddress()))
            .orElse(there)
        : there;
  }

  /** Whether a text is a name or an address at all; what is not goes to no name server. */
  private static boolean isName(String target) {
    return target.matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,252}");
  }

  private static boolean isAddress(String target) {
    return target.matches("[0-9.]+") || target.contains(":");
  }

  private <T> Answer<T> bounded(Callable<T> lookup, Deadline deadline) {
    try {
      if (!underWay.tryAcquire(deadline.millis(LONGEST), TimeUnit.MILLISECONDS)) {
        return new Answer<>(Optional.empty(), false);
      }
      FutureTask<T> task =
          new FutureTask<>(lookup) {
            @Override
            protected void done() {
              underWay.release();
            }
          };
      Thread thread = new Thread(task, "orchscope-lookup");
      thread.setDaemon(true);
      thread.start();
      return new Answer<>(
          Optional.of(task.get(deadline.millis(LONGEST), TimeUnit.MILLISECONDS)), true);
    } catch (TimeoutException late) {
      return new Answer<>(Optional.empty(), false);
    } catch (ExecutionException unknown) {
      return new Answer<>(Optional.empty(), true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer<>(Optional.empty(), false);
    }
  }
}
