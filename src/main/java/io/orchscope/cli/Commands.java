package io.orchscope.cli;

import io.orchscope.evidence.StorageFault;
import io.orchscope.ledger.LedgerException;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Mistake;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line as a whole. */
@Command(
    name = "orchscope",
    mixinStandardHelpOptions = true,
    version = "orchscope 0.1.0",
    description = {
      "Follows every circuit that a Blue Planet MDSO builds: polls it, reads what MDSO did,",
      "names the error, keeps the evidence and tells the right Webex room."
    },
    footer = {
      "",
      "Exit codes: 0 all is well, 1 one of your files or words is wrong, 2 a neighbour refused,",
      "3 a bug of ours.",
      "",
      "Start with 'orchscope demo'. Settings: config/application.properties or the environment."
    },
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      CollectCommand.class,
      CheckCommand.class,
      ClassifyCommand.class,
      ExplainCommand.class,
      ReplayCommand.class,
      ReclassifyCommand.class,
      RulesCommand.class,
      CircuitCommand.class,
      DoctorCommand.class,
      GroupsCommand.class,
      DeploymentsCommand.class,
      DeadLettersCommand.class,
      EvidenceCommand.class,
      ReportCommand.class,
      PurgeCommand.class,
      UsersCommand.class,
      SimulateCommand.class
    })
public final class Commands implements Runnable {

  @Spec private CommandSpec spec;

  private Commands(CommandSpec spec) {
    this.spec = spec;
  }

  /** Runs what was typed and answers with the exit code. */
  public static int execute(String[] arguments) {
    return execute(new CommandLine(new Commands(CommandSpec.create())), arguments);
  }

  /** The same, with somebody who listens. */
  static int execute(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line = new CommandLine(new Commands(CommandSpec.create()));
    line.setOut(out);
    line.setErr(err);
    return execute(line, arguments);
  }

  private static int execute(CommandLine line, String... arguments) {
    line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
    line.setParameterExceptionHandler((wrong, typed) -> mistyped(wrong));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line.execute(arguments);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int failed(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    if (failure instanceof InvalidFileException wrong) {
      print(wrong, err);
      return Exit.OUR_FILES;
    }
    if (failure instanceof LedgerException unusable) {
      err.println(reason(unusable));
      err.println(
          "    → Look at its disk and rights, or its server; a file that is no ledger has to be"
              + " moved away. What was done stays done; do it again when it works.");
      return Exit.NEIGHBOUR;
    }
    if (failure instanceof StorageFault refused) {
      err.println(reason(refused));
      err.println(
          "    → Look at the disk of evidence.root or logs.root, its room and its rights; then"
              + " again.");
      return Exit.NEIGHBOUR;
    }
    err.println("This is a bug of ours. Please report what follows:");
    failure.printStackTrace(err);
    return Exit.BUG;
  }

  /** What failed, and below it what the disk or the server said. */
  private static String reason(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return failure.getMessage()
        + (root == failure ? "" : "\n    " + Onlooker.printable(String.valueOf(root.getMessage())));
  }

  /** All mistakes, each with file, place, reason and remedy. */
  static void print(InvalidFileException wrong, PrintWriter err) {
    for (Mistake mistake : wrong.mistakes()) {
      err.println(mistake.file() + ": " + mistake.place());
      err.println("    " + mistake.reason());
      err.println("    → " + mistake.remedy());
    }
    err.flush();
  }

  private static int mistyped(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println(wrong.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return Exit.OUR_FILES;
  }
}
