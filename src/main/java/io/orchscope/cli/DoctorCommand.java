package io.orchscope.cli;

import io.orchscope.Configuration;
import io.orchscope.Inspection;
import io.orchscope.evidence.ArchiveProbe;
import io.orchscope.ledger.Balance;
import io.orchscope.ledger.FollowUpStanding;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerException;
import io.orchscope.ledger.LedgerPlace;
import io.orchscope.ledger.PollEnds;
import io.orchscope.remote.OutgoingProxy;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Mistake;
import io.orchscope.settings.Secret;
import io.orchscope.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code orchscope doctor}: whether all is well, and if not, what to do. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at files, ledger, evidence and neighbours, and says of each whether it is well.",
      "Polls nothing, sends nothing. Exit code 2 when something is wrong."
    })
final class DoctorCommand implements Callable<Integer> {

  private static final int PATIENCE_MILLIS = 5_000;

  @Mixin private FolderOptions folders = new FolderOptions();

  @Spec private CommandSpec spec;
  private int troubles;

  DoctorCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Settings settings = files(out);
    try (Ledger ledger = new Ledger(LedgerPlace.of(settings), Clock.systemUTC())) {
      ledger(ledger, out);
    }
    say(
        out,
        "evidence",
        new ArchiveProbe(Path.of(settings.text("evidence.root"))).trouble(),
        "can be written below " + settings.text("evidence.root"));
    reach(settings, "mdso.url", out);
    if (!settings.text("beorn.url").isEmpty()) {
      reach(settings, "beorn.url", out);
    }
    if (settings.text("alerts.channel").equals("webex")) {
      reach(settings, "webex.url", out);
    }
    out.println(
        troubles == 0
            ? "All is well."
            : troubles + (troubles == 1 ? " thing is wrong." : " things are wrong."));
    out.flush();
    return troubles == 0 ? Exit.OK : Exit.NEIGHBOUR;
  }

  /**
   * Checks the files by itself, as a running Orchscope does when they change.
   *
   * <p>Errors: {@link InvalidFileException} when the settings cannot be read; without them there is
   * nothing to go on with.
   */
  private Settings files(PrintWriter out) {
    List<Mistake> mistakes;
    Settings settings;
    try {
      Configuration configuration = folders.configuration(Map.of());
      settings = configuration.settings();
      mistakes = Inspection.ofRoutes(folders.folders(), configuration);
    } catch (InvalidFileException wrong) {
      Path file = folders.folders().config().resolve("application.properties");
      settings = Settings.load(file, System.getenv(), Map.of());
      mistakes = wrong.mistakes();
    }
    say(out, "files", rejection(mistakes), "config and routes are valid");
    return settings;
  }

  private static Optional<String> rejection(List<Mistake> mistakes) {
    return mistakes.stream()
        .findFirst()
        .map(
            first ->
                "rejected, a running Orchscope keeps the previous version: "
                    + first.file()
                    + ": "
                    + first.place()
                    + ": "
                    + first.reason()
                    + (mistakes.size() == 1 ? "" : " (1 of " + mistakes.size() + " mistakes)")
                    + "; 'orchscope check' shows the remedy");
  }

  private void ledger(Ledger ledger, PrintWriter out) {
    try {
      Balance balance = Balance.of(ledger);
      say(
          out,
          "balance",
          balance.imbalance() == 0
              ? Optional.empty()
              : Optional.of(
                  balance.undecided()
                      + " circuits were listed and not decided (the next poll reads them),"
                      + " "
                      + balance.silent()
                      + " errors are from before alerts were kept, "
                      + balance.stranded()
                      + " wait for a message that is not there"),
          balance.equation());
      Map<String, Long> letters = ledger.deadLettersByKind();
      say(
          out,
          "letters",
          letters.isEmpty()
              ? Optional.empty()
              : Optional.of(letters + "; 'orchscope dead-letters list' shows them"),
          "no dead letters");
      Map<String, Long> followUps = FollowUpStanding.sums(ledger);
      if (!followUps.isEmpty()) {
        say(out, "follow-ups", Optional.empty(), String.valueOf(followUps));
      }
      new PollEnds(ledger, Clock.systemUTC()).list().forEach(end -> poll(end, out));
    } catch (LedgerException unusable) {
      Throwable cause = unusable.getCause() == null ? unusable : unusable.getCause();
      say(out, "ledger", Optional.of(unusable.getMessage() + " " + cause.getMessage()), "");
    }
  }

  private void poll(PollEnds.End end, PrintWriter out) {
    String complete = end.completeAt().map(Object::toString).orElse("never");
    say(
        out,
        "poll",
        end.lateSince().map(since -> end.productType() + " is late since " + since),
        end.productType() + " " + end.figures() + ", last complete " + complete);
  }

  private void reach(Settings settings, String key, PrintWriter out) {
    URI address = URI.create(settings.text(key));
    int usual = "https".equals(address.getScheme()) ? 443 : 80;
    Optional<OutgoingProxy> proxy =
        OutgoingProxy.of(
            settings.text(key.replace(".url", ".proxy")), new Secret("")); // no call is made
    String host = proxy.map(OutgoingProxy::host).orElse(address.getHost());
    int port =
        proxy.map(OutgoingProxy::port).orElse(address.getPort() > 0 ? address.getPort() : usual);
    String name = proxy.isPresent() ? "the proxy of " + key : key;
    Optional<String> trouble = Optional.empty();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
    } catch (IOException refused) {
      trouble =
          Optional.of(
              name
                  + ": nobody answers at "
                  + host
                  + ":"
                  + port
                  + " ("
                  + refused.getMessage()
                  + ")");
    }
    say(out, "reach", trouble, name + " answers at " + host + ":" + port);
  }

  private void say(PrintWriter out, String what, Optional<String> trouble, String well) {
    if (trouble.isPresent()) {
      troubles++;
    }
    out.printf(
        "%-5s %-10s %s%n",
        trouble.isPresent() ? "WRONG" : "ok", what, Onlooker.printable(trouble.orElse(well)));
  }
}
