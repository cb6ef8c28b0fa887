package io.orchscope.console;

import io.orchscope.circuit.Product;
import io.orchscope.defect.FailureGroup.State;
import io.orchscope.ledger.Balance;
import io.orchscope.ledger.FailureCounts;
import io.orchscope.ledger.GroupSearch;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.PollEnds;
import io.orchscope.report.Health;
import io.orchscope.settings.Products;
import io.orchscope.settings.RejectedFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What is wrong now: neighbours, polls, balance, and what is new. */
public final class OverviewPage implements Page {

  private static final int GROUPS = 8;

  /** What nobody works on yet. */
  private static final Set<State> NEWS = EnumSet.of(State.NEW, State.REGRESSED);

  /** Health writes a file and waits its turn behind whoever writes the ledger; counting costs. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Views views;
  private final Facts facts;
  private final Supplier<Model> model;

  /**
   * Where it looks.
   *
   * @param health checks of remote systems and of Orchscope's own work
   * @param next when a product is polled next; nothing when it is not by itself
   */
  public record Facts(
      Ledger ledger, Products products, Health health, Function<Product, Optional<Instant>> next) {}

  /** A product and its polls. */
  public record PollLine(Product product, Optional<PollEnds.End> last, Optional<Instant> next) {

    public boolean isLate() {
      return last.flatMap(PollEnds.End::lateSince).isPresent();
    }
  }

  /**
   * What the page shows.
   *
   * @param health trouble by the name of the check; nothing where a check passes
   * @param isUp whether no check is down; a check may be degraded
   */
  public record Model(
      Map<String, Optional<String>> health,
      boolean isUp,
      List<PollLine> polls,
      Balance balance,
      Sparkline hours,
      Map<State, Long> states,
      List<GroupLine> news,
      List<GroupLine> busiest) {

    public boolean isWell() {
      return troubles().isEmpty();
    }

    /** Health as a whole, as {@code /observe/health/ready} has it. */
    public String status() {
      if (isWell()) {
        return "All is well";
      }
      return isDegraded() ? "Degraded" : "Not well";
    }

    /** Whether something is wrong, and nothing that stops the work. */
    public boolean isDegraded() {
      return !isWell() && isUp && balance.imbalance() == 0;
    }

    /** What is wrong, by the name of the check that says so. */
    public Map<String, String> troubles() {
      Map<String, String> troubles = new LinkedHashMap<>();
      health.forEach((check, trouble) -> trouble.ifPresent(it -> troubles.put(check, it)));
      if (balance.imbalance() > 0) {
        troubles.put("balance", imbalance());
      }
      return troubles;
    }

    /** The troubles without those that are a banner of every page. */
    public Map<String, String> alarms() {
      Map<String, String> alarms = troubles();
      for (RejectedFiles.Kind kind : RejectedFiles.Kind.values()) {
        alarms.remove(kind.word());
      }
      return alarms;
    }

    /** What has come to nothing, in words. */
    public String imbalance() {
      return "%,d circuits are undecided, of %,d errors nobody knows whether they were told, %,d wait for no message: see orchscope doctor"
          .formatted(balance.undecided(), balance.silent(), balance.stranded());
    }

    /** Failures since the full hour. */
    public long thisHour() {
      List<Long> numbers = hours.numbers();
      return numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
    }

    /** How many more groups are new, or have come back, than there is room for. */
    public long otherNews() {
      return count("new") + count("regressed") - news.size();
    }

    /** How many groups are in a state now. */
    public long count(String state) {
      return states.getOrDefault(State.of(state), 0L);
    }
  }

  public OverviewPage(Views views, Facts facts) {
    this.views = views;
    this.facts = facts;
    this.model = new Lately<>(this::look, FRESH, views.clock());
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    return views.page("overview", views.liveFrame("Overview", "overview", visitor), model());
  }

  /** How everything is, or was a second ago. */
  public Model model() {
    return model.get();
  }

  private Model look() {
    Ledger ledger = facts.ledger();
    FailureCounts counts = new FailureCounts(ledger);
    GroupLines lines = new GroupLines(counts, views.clock());
    GroupSearch search = new GroupSearch(ledger);
    GroupSearch.Wish news = GroupSearch.Wish.ALL.in(NEWS);
    GroupSearch.Wish open = GroupSearch.Wish.ALL.in(EnumSet.of(State.ONGOING));
    Map<String, Optional<String>> health = facts.health().look();
    return new Model(
        health,
        facts.health().isUp(health),
        polls(),
        Balance.of(ledger),
        Sparkline.of(counts.ofAll(lines.lastDay())),
        search.states(),
        lines.of(search.first(news, GroupSearch.Order.SEVERITY, GROUPS)),
        lines.of(search.first(open, GroupSearch.Order.SEVERITY, GROUPS)));
  }

  private List<PollLine> polls() {
    Map<String, PollEnds.End> ends =
        new PollEnds(facts.ledger(), views.clock())
            .list().stream()
                .collect(Collectors.toMap(PollEnds.End::productType, end -> end, (a, b) -> b));
    return facts.products().all().stream()
        .map(
            product ->
                new PollLine(
                    product,
                    Optional.ofNullable(ends.get(product.type()))
                        .filter(end -> !end.figures().isEmpty()),
                    facts.next().apply(product)))
        .toList();
  }
}
