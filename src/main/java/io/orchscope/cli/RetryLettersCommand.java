package io.orchscope.cli;

import io.orchscope.Assembly;
import io.orchscope.ledger.DeadLetter;
import io.orchscope.ledger.DeadLetterBox;
import io.orchscope.report.Audience;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope dead-letters retry}: sends messages again that no room took. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = {
      "Sends the messages again, all or those that are named; one that is taken leaves the list.",
      "Needs what 'run' needs. Exit code 2 when one was refused again."
    })
final class RetryLettersCommand implements Callable<Integer> {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  @Mixin private FolderOptions folders = new FolderOptions();

  @Parameters(paramLabel = "KEY", arity = "0..*", description = "As 'list' shows it. Default: all.")
  private List<String> keys = List.of();

  @Spec private CommandSpec spec;

  RetryLettersCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Startable.requireSoundRoutes(folders);
    try (Assembly assembly =
        Assembly.assemble(folders.folders(), Map.of("poll.by-schedule", "no"), Audience.NOBODY)) {
      Startable.requireCredentials(assembly);
      DeadLetterBox box = new DeadLetterBox(assembly.ledger(), Clock.systemUTC());
      List<DeadLetter> chosen =
          box.list().stream()
              .filter(DeadLetter::isAlert)
              .filter(letter -> keys.isEmpty() || keys.contains(letter.key()))
              .filter(letter -> box.retry(letter.key()))
              .toList();
      boolean settled = true;
      if (!chosen.isEmpty()) {
        assembly.start();
        settled = assembly.awaitAlerts(LIMIT);
      }
      long refused = tell(chosen, box, out);
      out.printf(
          "%d tried again, %d refused%s.%n",
          chosen.size(), refused, settled ? "" : "; some wait, and the next run sends them");
      out.flush();
      return refused > 0 || !settled ? Exit.NEIGHBOUR : Exit.OK;
    }
  }

  /** Answers how many were refused again. */
  private static long tell(List<DeadLetter> chosen, DeadLetterBox box, PrintWriter out) {
    Map<String, DeadLetter> left =
        box.list().stream().collect(Collectors.toMap(DeadLetter::key, Function.identity()));
    long refused = 0;
    for (DeadLetter before : chosen) {
      DeadLetter now = left.get(before.key());
      String key = Onlooker.printable(before.key());
      if (now != null) {
        refused++;
        out.println("Refused  " + key + ": " + Onlooker.printable(now.explanation()));
      } else {
        out.println("Sent     " + key);
      }
    }
    return refused;
  }
}
