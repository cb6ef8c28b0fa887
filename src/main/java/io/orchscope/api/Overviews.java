package io.orchscope.api;

import static io.orchscope.api.Operation.look;
import static io.orchscope.api.Parameter.choice;
import static io.orchscope.api.Parameter.limit;
import static io.orchscope.api.Parameter.start;

import io.orchscope.console.OverviewPage;
import io.orchscope.ledger.AuditTrail;
import io.orchscope.ledger.Balance;
import io.orchscope.ledger.GroupCircuits;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.PollEnds;
import io.orchscope.ledger.RoomTraffic;
import io.orchscope.settings.Mistake;
import io.orchscope.settings.RejectedFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** How everything is, what rooms were told, and who changed what. */
public final class Overviews implements Answers {

  private static final Duration DAY = Duration.ofDays(1);

  private final Ledger ledger;
  private final Clock clock;
  private final OverviewPage page;
  private final Supplier<List<RejectedFiles.Rejection>> rejected;

  /** A neighbour; without trouble it is well. */
  record Check(String name, Optional<String> trouble) {}

  /**
   * A change of files that was rejected; the previous version stays active.
   *
   * @param kind routes or rules
   */
  record Rejected(String kind, Instant since, List<Mistake> mistakes) {}

  /** A product's polls. */
  record Polled(String product, Optional<PollEnds.End> last, Optional<Instant> next) {}

  /**
   * How everything is.
   *
   * @param lastDay failures of each of the last 24 hours, the oldest first
   * @param states how many groups are in each
   * @param rejected changes of route and rule files that were rejected
   */
  record Overview(
      List<Check> health,
      List<Polled> products,
      Balance balance,
      List<Long> lastDay,
      Map<String, Long> states,
      List<Rejected> rejected) {}

  /** Messages to rooms, the newest first. */
  record Messages(String state, int from, int limit, List<RoomTraffic.Message> messages) {}

  /** Failures of the last day that were not told, by reason. */
  record Spared(Instant since, List<GroupCircuits.Suppressed> reasons) {}

  /** Changes, the newest first. */
  record Audit(List<AuditTrail.Entry> entries) {}

  /** Shape: the overview is the page's own. */
  public Overviews(
      Ledger ledger,
      Clock clock,
      OverviewPage page,
      Supplier<List<RejectedFiles.Rejection>> rejected) {
    this.ledger = ledger;
    this.clock = clock;
    this.page = page;
    this.rejected = rejected;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        look("/overview", "How everything is.", Overview.class, given -> overview()),
        look(
            "/alerts",
            "Messages to rooms.",
            Messages.class,
            given ->
                new Messages(
                    given.text("state"),
                    given.whole("from"),
                    given.whole("limit"),
                    new RoomTraffic(ledger)
                        .list(given.text("state"), given.whole("from"), given.whole("limit"))),
            choice(
                "state",
                List.of("sent", "waiting", "dead", "dropped"),
                "sent",
                "What became of them."),
            start(),
            limit()),
        look(
            "/alerts/suppressed",
            "Failures of the last day that were not told, by reason.",
            Spared.class,
            given -> spared()),
        look(
            "/audit",
            "Who changed what.",
            Audit.class,
            given -> new Audit(new AuditTrail(ledger, clock).list(given.whole("limit"))),
            limit()));
  }

  private Overview overview() {
    OverviewPage.Model model = page.model();
    Map<String, Long> states = new TreeMap<>();
    model.states().forEach((state, sum) -> states.put(state.word(), sum));
    return new Overview(
        model.health().entrySet().stream()
            .map(check -> new Check(check.getKey(), check.getValue()))
            .toList(),
        model.polls().stream()
            .map(line -> new Polled(line.product().type(), line.last(), line.next()))
            .toList(),
        model.balance(),
        model.hours().numbers(),
        states,
        rejected.get().stream()
            .map(it -> new Rejected(it.kind().word(), it.since(), it.mistakes()))
            .toList());
  }

  private Spared spared() {
    Instant since = clock.instant().minus(DAY);
    return new Spared(since, new GroupCircuits(ledger).suppressed(since));
  }
}
