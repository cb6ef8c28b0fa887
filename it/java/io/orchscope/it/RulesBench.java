package io.orchscope.it;

import com.sun.management.ThreadMXBean;
import io.orchscope.defect.Classification;
import io.orchscope.defect.DefectRule;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RulesFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * Classifies messages by a table, as Orchscope does and as a loop over java.util.regex does;
 * started by it/bench/bench.py.
 *
 * <p>Shape: {@code RulesBench RULES.yaml MESSAGES OURS LOOP}; prints one line of JSON and writes
 * the number of the rule that won, or -1, a line, of each into the last two. Units: messages per
 * second of processor time of the thread that measures.
 */
final class RulesBench {

  private static final int FIRST_CODE = 1000;
  private static final long WARM_UP_NANOS = 4_000_000_000L;
  private static final long ROUND_NANOS = 1_000_000_000L;
  private static final int ROUNDS = 5;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private RulesBench() {}

  public static void main(String[] arguments) throws Exception {
    Path table = Path.of(arguments[0]);
    long begun = System.nanoTime();
    DefectRules rules = RulesFile.read(table);
    double firstLoad = (System.nanoTime() - begun) / 1e9;
    List<String> messages = Files.readAllLines(Path.of(arguments[1]));
    ToIntFunction<String> ours = message -> number(rules.classify(message));
    List<Pattern> patterns = rules.rules().stream().map(DefectRule::pattern).toList();
    ToIntFunction<String> loop = message -> first(patterns, message);
    long bytes = warmUp(ours, messages);
    round(loop, messages.subList(0, messages.size() / 10), ROUND_NANOS);
    double[] oursPerSecond = new double[ROUNDS];
    double[] loopPerSecond = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      // One after the other, so that a busy neighbour is a neighbour of both.
      oursPerSecond[round] = round(ours, messages, ROUND_NANOS);
      loopPerSecond[round] = round(loop, messages, ROUND_NANOS);
    }
    double[] latencies = latencies(ours, messages);
    RulesReloadBench.Figures reloads = RulesReloadBench.measure(table, rules, messages);
    write(arguments[2], ours, messages);
    write(arguments[3], loop, messages);
    System.out.printf(
        Locale.ROOT,
        "{\"ours\": %.0f, \"loop\": %.0f, \"load\": %.3f, \"reload\": %.3f, \"reload_most\": %.3f,"
            + " \"reload_cpu\": %.3f, \"all_new\": %.3f, \"meanwhile\": %d, \"lost\": %d,"
            + " \"bytes\": %d, \"p50\": %.2f, \"p99\": %.1f, \"most\": %.0f}%n",
        median(oursPerSecond),
        median(loopPerSecond),
        firstLoad,
        reloads.median(),
        reloads.most(),
        reloads.processor(),
        reloads.allNew(),
        reloads.meanwhile(),
        reloads.lost(),
        bytes,
        latencies[latencies.length / 2],
        latencies[latencies.length * 99 / 100],
        latencies[latencies.length - 1]);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Until the compiler is done; answers with the bytes that one message takes then. */
  private static long warmUp(ToIntFunction<String> classify, List<String> messages) {
    round(classify, messages, WARM_UP_NANOS);
    long thread = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    int found = 0;
    for (String message : messages) {
      found += classify.applyAsInt(message) >= 0 ? 1 : 0;
    }
    return found == 0 ? 0 : (THREADS.getThreadAllocatedBytes(thread) - before) / messages.size();
  }

  /** All messages again and again for so long; at least once. */
  private static double round(ToIntFunction<String> classify, List<String> messages, long nanos) {
    long begun = THREADS.getCurrentThreadCpuTime();
    long done = 0;
    long now;
    do {
      for (String message : messages) {
        done += classify.applyAsInt(message) >= -1 ? 1 : 0;
      }
      now = THREADS.getCurrentThreadCpuTime();
    } while (now - begun < nanos);
    return done * 1e9 / (now - begun);
  }

  /** The best of five tries of each message, in order. Units: microseconds. */
  private static double[] latencies(ToIntFunction<String> classify, List<String> messages) {
    double[] best = new double[messages.size()];
    Arrays.fill(best, Double.MAX_VALUE);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < best.length; i++) {
        long begun = System.nanoTime();
        boolean isNumber = classify.applyAsInt(messages.get(i)) >= -1;
        double micros = (System.nanoTime() - begun) / 1e3;
        best[i] = isNumber ? Math.min(best[i], micros) : best[i];
      }
    }
    Arrays.sort(best);
    return best;
  }

  static int number(Classification verdict) {
    return verdict.code().map(code -> code.number() - FIRST_CODE).orElse(-1);
  }

  private static int first(List<Pattern> patterns, String message) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matcher(message).find()) {
        return i;
      }
    }
    return -1;
  }

  private static void write(String file, ToIntFunction<String> classify, List<String> messages)
      throws IOException {
    List<String> lines = new ArrayList<>();
    messages.forEach(message -> lines.add(String.valueOf(classify.applyAsInt(message))));
    Files.write(Path.of(file), lines);
  }
}
