package io.orchscope.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.ledger.DeadLetter;
import io.orchscope.ledger.DeadLetterBox;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope dead-letters}: what could not be finished, and what to do about it. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = {
      "What could not be finished: messages that no room took, circuits that could not be examined.",
      "Circuits are tried again by every poll, and leave the list when one succeeds."
    },
    subcommands = {
      DeadLettersCommand.ListThem.class,
      RetryLettersCommand.class,
      DeadLettersCommand.Drop.class
    })
final class DeadLettersCommand implements Runnable {

  @Spec private CommandSpec spec;

  DeadLettersCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** The ledger that the settings name, and nothing else of the application. */
  private static Ledger ledger(FolderOptions folders) {
    return new Ledger(
        LedgerPlace.of(folders.configuration(Map.of()).settings()), Clock.systemUTC());
  }

  /** {@code orchscope dead-letters list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Key, reason, how often and when last; the oldest first.")
  static final class ListThem implements Callable<Integer> {

    @Mixin private FolderOptions folders = new FolderOptions();

    @Option(names = "--json", description = "With the bodies, as JSON.")
    private boolean json;

    @Spec private CommandSpec spec;

    ListThem() {
      spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try (Ledger ledger = ledger(folders)) {
        List<DeadLetter> letters = new DeadLetterBox(ledger, Clock.systemUTC()).list();
        if (json) {
          out.println(json(letters));
        } else {
          letters.forEach(letter -> tell(letter, out));
          out.println(
              letters.size()
                  + (letters.size() == 1 ? " dead letter." : " dead letters.")
                  + (letters.stream().anyMatch(DeadLetter::isAlert)
                      ? " 'orchscope dead-letters retry' sends the messages again."
                      : ""));
        }
      }
      out.flush();
      return Exit.OK;
    }

    private static void tell(DeadLetter letter, PrintWriter out) {
      out.println(Onlooker.printable(letter.key()));
      out.printf(
          "    %s, %s, last at %s: %s%n",
          letter.reason(),
          letter.times() == 1 ? "once" : letter.times() + " times",
          letter.lastAt(),
          Onlooker.printable(letter.explanation()));
    }

    private static ArrayNode json(List<DeadLetter> letters) {
      ArrayNode list = new ObjectMapper().createArrayNode();
      for (DeadLetter letter : letters) {
        ObjectNode node = list.addObject();
        node.put("key", letter.key());
        node.put("kind", letter.kind());
        node.put("reason", letter.reason());
        node.put("explanation", letter.explanation());
        node.put("last_at", letter.lastAt().toString());
        node.put("times", letter.times());
        node.put("body", letter.body());
      }
      return list;
    }
  }

  /** {@code orchscope dead-letters drop}. */
  @Command(
      name = "drop",
      mixinStandardHelpOptions = true,
      description = "Throws letters away. What they were about is not told to anybody.")
  static final class Drop implements Callable<Integer> {

    @Mixin private FolderOptions folders = new FolderOptions();

    @Parameters(paramLabel = "KEY", arity = "1..*", description = "As 'list' shows it.")
    private List<String> keys = List.of();

    @Spec private CommandSpec spec;

    Drop() {
      spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
      int exit = Exit.OK;
      try (Ledger ledger = ledger(folders)) {
        DeadLetterBox box = new DeadLetterBox(ledger, Clock.systemUTC());
        for (String key : keys) {
          if (box.drop(key)) {
            spec.commandLine().getOut().println("Dropped " + Onlooker.printable(key));
          } else {
            spec.commandLine()
                .getErr()
                .println(
                    "There is no dead letter '"
                        + Onlooker.printable(key)
                        + "'; 'orchscope dead-letters list' shows them.");
            exit = Exit.OUR_FILES;
          }
        }
      }
      spec.commandLine().getOut().flush();
      return exit;
    }
  }
}
