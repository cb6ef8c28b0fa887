package io.orchscope.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Health checks of remote systems and of Orchscope's own work.
 *
 * <p>All checks run at the same time, each on a thread of its own, and a look at them takes no
 * longer than {@link #PATIENCE}: a check that has not answered by then has failed. A check that
 * hangs is not started a second time.
 */
public final class Health {

  /** Kubernetes gives up after a second more, if its timeout is set to three. */
  public static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Map<String, Check> checks = new LinkedHashMap<>();
  private final Set<String> degrading = new HashSet<>();
  private final Executor threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "health");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Adds a check.
   *
   * @param trouble what is wrong, for people and without a secret; nothing when all is well
   */
  public Health with(String name, Supplier<Optional<String>> trouble) {
    checks.put(name, new Check(trouble));
    return this;
  }

  /** Adds a check whose trouble degrades the work and does not stop it. */
  public Health degradedBy(String name, Supplier<Optional<String>> trouble) {
    degrading.add(name);
    return with(name, trouble);
  }

  /** What each check says now; a check that fails, or does not answer in time, is trouble too. */
  public Map<String, Optional<String>> look() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<String, CompletableFuture<Optional<String>>> asked = new LinkedHashMap<>();
    checks.forEach((name, check) -> asked.put(name, check.ask(threads)));
    Map<String, Optional<String>> found = new LinkedHashMap<>();
    asked.forEach((name, answer) -> found.put(name, answered(answer, deadline)));
    return found;
  }

  private static Optional<String> answered(
      CompletableFuture<Optional<String>> answer, long deadline) {
    try {
      return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return Optional.of("no answer within " + PATIENCE.toSeconds() + " s");
    } catch (ExecutionException failed) {
      return Optional.of(String.valueOf(failed.getCause()));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted before it answered");
    }
  }

  /** One check, asked by one thread at a time for all who want to know. */
  private static final class Check {

    private final Supplier<Optional<String>> trouble;
    private CompletableFuture<Optional<String>> last =
        CompletableFuture.completedFuture(Optional.empty());

    Check(Supplier<Optional<String>> trouble) {
      this.trouble = trouble;
    }

    synchronized CompletableFuture<Optional<String>> ask(Executor threads) {
      if (last.isDone()) {
        last = CompletableFuture.supplyAsync(this::answer, threads);
      }
      return last;
    }

    private Optional<String> answer() {
      try {
        return trouble.get();
      } catch (RuntimeException failed) {
        return Optional.of(String.valueOf(failed.getMessage()));
      }
    }
  }

  /** Whether no check is down; a check may be degraded. */
  public boolean isUp(Map<String, Optional<String>> found) {
    return found.entrySet().stream()
        .allMatch(check -> check.getValue().isEmpty() || degrading.contains(check.getKey()));
  }

  /**
   * {@code {"status":"UP","checks":[{"name":…,"status":…,"reason":…}]}}; a status is UP, DEGRADED
   * or DOWN.
   */
  public String json(Map<String, Optional<String>> found) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    boolean isWell = found.values().stream().allMatch(Optional::isEmpty);
    node.put("status", isWell ? "UP" : isUp(found) ? "DEGRADED" : "DOWN");
    var checks = node.putArray("checks");
    found.forEach(
        (name, trouble) -> {
          ObjectNode check = checks.addObject().put("name", name);
          check.put(
              "status", trouble.isEmpty() ? "UP" : degrading.contains(name) ? "DEGRADED" : "DOWN");
          trouble.ifPresent(reason -> check.put("reason", reason));
        });
    return node.toString();
  }
}
