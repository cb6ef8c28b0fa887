package io.orchscope.it;

import io.orchscope.defect.DefectClassifier;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RuleLint;
import io.orchscope.defect.RulesFile;
import io.orchscope.secret.OutsideText;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes a changed table over again and again, as a running Orchscope does, while another thread
 * classifies by whatever table holds.
 */
final class RulesReloadBench {

  private static final int RELOADS = 5;

  /**
   * What was measured.
   *
   * @param median of reading, proving and taking over the table; in seconds of the clock
   * @param most the same of the slowest one
   * @param processor the same as {@code median}, in seconds of processor time
   * @param allNew what looking through all rules for dangerous ones takes on top, when none of them
   *     was known before; in seconds of processor time
   * @param meanwhile verdicts while tables were taken over
   * @param lost verdicts among them that were not what both tables say
   */
  record Figures(
      double median, double most, double processor, double allNew, long meanwhile, long lost) {}

  private RulesReloadBench() {}

  /** Shape: the process is warm, as one is that has run for a while. */
  static Figures measure(Path table, DefectRules rules, List<String> messages) throws Exception {
    List<Integer> expected =
        messages.stream().map(message -> RulesBench.number(rules.classify(message))).toList();
    DefectClassifier classifier = new DefectClassifier(rules, error -> OutsideText.EMPTY);
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicLong lost = new AtomicLong();
    CompletableFuture<Long> verdicts =
        CompletableFuture.supplyAsync(
            () -> {
              long done = 0;
              while (!isOver.get()) {
                int at = (int) (done++ % expected.size());
                int number = RulesBench.number(classifier.rules().classify(messages.get(at)));
                lost.addAndGet(number == expected.get(at) ? 0 : 1);
              }
              return done;
            });
    double[] clock = new double[RELOADS];
    double[] processor = new double[RELOADS];
    for (int reload = 0; reload < RELOADS; reload++) {
      Path changed = changed(table, reload);
      long begun = System.nanoTime();
      double before = processorSeconds();
      DefectRules next = RulesFile.read(changed);
      RuleLint.ofChanged(changed.toString(), classifier.rules(), next);
      classifier.replace(next);
      processor[reload] = processorSeconds() - before;
      clock[reload] = (System.nanoTime() - begun) / 1e9;
    }
    isOver.set(true);
    double before = processorSeconds();
    RuleLint.of(table.toString(), rules);
    double allNew = processorSeconds() - before;
    double most = 0;
    for (double seconds : clock) {
      most = Math.max(most, seconds);
    }
    return new Figures(
        RulesBench.median(clock),
        most,
        RulesBench.median(processor),
        allNew,
        verdicts.get(),
        lost.get());
  }

  /** The table under another version, so that it is another one. */
  private static Path changed(Path table, int reload) throws IOException {
    Path changed = table.resolveSibling("changed-" + reload + ".yaml");
    String text = Files.readString(table);
    return Files.writeString(changed, text.replaceFirst("version: 1", "version: " + (reload + 2)));
  }

  private static double processorSeconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }
}
