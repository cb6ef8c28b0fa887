package io.orchscope;

import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.PollEnds;
import io.orchscope.ledger.UnbrokenWindow;
import io.orchscope.mdso.Credentials;
import io.orchscope.mdso.PollTally;
import io.orchscope.mdso.Polls;
import io.orchscope.mdso.Sessions;
import io.orchscope.mdso.TokenFlavour;
import io.orchscope.mdso.TokenTerms;
import io.orchscope.remote.RemoteSystems;
import io.orchscope.settings.Clocks;
import io.orchscope.settings.Redaction;
import io.orchscope.settings.Settings;
import io.orchscope.step.Faults;
import io.orchscope.step.NotePoll;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** What MDSO is asked with and for, put together from the settings. */
final class MdsoAccess {

  static Polls polls(
      Configuration configuration, Ledger ledger, Clocks clocks, Optional<PollTally> others) {
    Settings settings = configuration.settings();
    return new Polls(
        configuration.products(),
        settings.count("poll.page-size"),
        new UnbrokenWindow(
            new PollEnds(ledger, clocks.wall()),
            settings.duration("poll.look-back"),
            settings.keeping("ledger.keep-for")),
        settings.duration("poll.circuits-limit"),
        clocks,
        others);
  }

  static Sessions sessions(Settings settings, Redaction redaction, Polls polls, Clocks clocks) {
    return new Sessions(
        new TokenTerms(
            TokenFlavour.of(settings.text("mdso.token.flavour")),
            settings.duration("mdso.token.assumed-lifetime"),
            settings.duration("mdso.token.renew-before")),
        new Credentials(
            settings.text("mdso.username"),
            settings.secret("mdso.password"),
            settings.text("mdso.tenant")),
        redaction,
        polls::isUnderWay,
        clocks);
  }

  static Faults faults(
      Settings settings,
      RemoteSystems systems,
      Sessions sessions,
      Redaction redaction,
      Clock clock) {
    return new Faults(
        settings.count("retry.attempts"),
        settings.duration("retry.longest-wait"),
        systems,
        sessions,
        redaction,
        clock);
  }

  /** What says on a poll's span where it polls. */
  static NotePoll notePoll(Settings settings) {
    return new NotePoll(
        settings.text("environment"), URI.create(settings.text("mdso.url")).getHost());
  }

  private MdsoAccess() {}
}
