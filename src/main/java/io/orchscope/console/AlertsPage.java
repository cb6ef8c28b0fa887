package io.orchscope.console;

import io.orchscope.ledger.DeadLetter;
import io.orchscope.ledger.DeadLetterBox;
import io.orchscope.ledger.GroupCircuits;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.RoomTraffic;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** What rooms were told, what they were spared and why, and what could not be told. */
public final class AlertsPage implements Page {

  private static final int ROWS = 50;
  private static final Duration DAY = Duration.ofDays(1);

  private final Views views;
  private final Ledger ledger;
  private final Function<String, String> rooms;

  /** What the page shows. */
  public record Model(
      List<RoomTraffic.Message> waiting,
      List<RoomTraffic.Message> sent,
      int start,
      List<GroupCircuits.Suppressed> suppressed,
      List<DeadLetter> letters,
      Function<String, String> rooms,
      String said) {

    public boolean hasMore() {
      return sent.size() == ROWS;
    }

    public int next() {
      return start + ROWS;
    }
  }

  /**
   * The page.
   *
   * @param rooms what people call a room, by its id
   */
  public AlertsPage(Views views, Ledger ledger, Function<String, String> rooms) {
    this.views = views;
    this.ledger = ledger;
    this.rooms = rooms;
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    RoomTraffic traffic = new RoomTraffic(ledger);
    int start = Numbers.natural(request.word("from"));
    Model model =
        new Model(
            traffic.list("waiting", 0, ROWS),
            traffic.list("sent", start, ROWS),
            start,
            new GroupCircuits(ledger).suppressed(views.clock().instant().minus(DAY)),
            new DeadLetterBox(ledger, views.clock())
                .list().stream().filter(DeadLetter::isAlert).toList(),
            rooms,
            request.word("said"));
    return views.page("alerts", views.liveFrame("Alerts", "alerts", visitor), model);
  }
}
