package io.orchscope.ledger;

import io.orchscope.defect.DefectRule;
import io.orchscope.report.Report;
import io.orchscope.report.ReportPlan;
import io.orchscope.report.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * What the ledger says of a window.
 *
 * <p>A failure belongs to the window in which it was found first, by the code that it has now.
 */
public final class ReportFigures {

  private static final String WITHIN = " owed_at >= :from and owed_at < :until";
  private static final String OF_PRODUCTS = " and o.product_type in (<products>)";

  private static final String OF_CODES = " and o.defect_code in (<codes>)";

  /** A kind that was never seen before the window, or that came back in it. */
  private static final String IS_NEW =
      " (g.first_seen >= :from or (g.resolved_at is not null and g.resolved_at < :until"
          + " and g.last_seen > g.resolved_at and not exists (select 1 from occurrence p"
          + " where p.group_id = g.group_id and p.owed_at > g.resolved_at and p.owed_at < :from)))";

  private static final String OF_NEW =
      " and o.group_id in (select g.group_id from failure_group g where" + IS_NEW + ")";

  private static final String SUMS =
      "select count(*), count(distinct o.circuit_id) from occurrence o where" + WITHIN;

  private static final String CODES =
      "select o.defect_code, count(*), count(distinct o.circuit_id) from occurrence o where"
          + WITHIN;

  private static final String NEWS =
      "select g.group_id, g.defect_code, g.product_type, g.title, count(*) as failures,"
          + " max(case when g.first_seen < :from then 1 else 0 end) as back"
          + " from occurrence o join failure_group g on g.group_id = o.group_id where"
          + WITHIN
          + " and"
          + IS_NEW;

  private static final String POINTS =
      "select (owed_at - :from) / :point, count(*) from occurrence o where" + WITHIN;

  private static final String ROWS =
      "select o.occurrence_key, o.owed_at, o.resource_id, r.circuit, o.product_type, r.orch_state,"
          + " o.defect_code, g.title, g.example, o.over_at from occurrence o"
          + " join resource r on r.resource_id = o.resource_id"
          + " left join failure_group g on g.group_id = o.group_id where"
          + WITHIN;

  private final Ledger ledger;
  private final Function<String, Optional<DefectRule>> rules;
  private final BiFunction<String, String, Optional<String>> errors;

  private record Sum(long failures, long circuits) {}

  /**
   * Figures of a ledger.
   *
   * @param rules by their codes
   * @param errors the words of an error, by its circuit and its key; those of its group stand in
   */
  public ReportFigures(
      Ledger ledger,
      Function<String, Optional<DefectRule>> rules,
      BiFunction<String, String, Optional<String>> errors) {
    this.ledger = ledger;
    this.rules = rules;
    this.errors = errors;
  }

  /** A report. Errors: {@link LedgerException}. */
  public Report of(ReportPlan plan, String environment, Window window) {
    if (!ledger.exists()) {
      return new Report(
          plan,
          environment,
          window,
          new Report.Sums(0, 0, 0),
          List.of(),
          List.of(),
          Collections.nCopies(2 * window.points(), 0L),
          List.of());
    }
    return ledger.look(
        handle ->
            new Report(
                plan,
                environment,
                window,
                sums(handle, plan, window),
                codes(handle, plan, window),
                news(handle, plan, window),
                history(handle, plan, window),
                rows(handle, plan, window)));
  }

  private static Report.Sums sums(Handle handle, ReportPlan plan, Window window) {
    Sum now = sum(handle, plan, window);
    return new Report.Sums(now.failures, now.circuits, sum(handle, plan, window.before()).failures);
  }

  private static Sum sum(Handle handle, ReportPlan plan, Window window) {
    return query(handle, SUMS, "", plan, window)
        .map((row, context) -> new Sum(row.getLong(1), row.getLong(2)))
        .one();
  }

  private List<Report.CodeLine> codes(Handle handle, ReportPlan plan, Window window) {
    Map<String, Sum> now = byCode(handle, plan, window);
    Map<String, Sum> before = byCode(handle, plan, window.before());
    Sum none = new Sum(0, 0);
    TreeSet<String> all = new TreeSet<>(now.keySet());
    all.addAll(before.keySet());
    List<Report.CodeLine> lines = new ArrayList<>();
    for (String code : all) {
      Optional<DefectRule> rule = rules.apply(code);
      Sum sum = now.getOrDefault(code, none);
      lines.add(
          new Report.CodeLine(
              code,
              rule.map(DefectRule::title).orElse("no rule knows it"),
              rule.map(DefectRule::written).orElse(""),
              sum.failures,
              sum.circuits,
              before.getOrDefault(code, none).failures));
    }
    lines.sort(Comparator.comparingLong(Report.CodeLine::failures).reversed());
    return lines;
  }

  private static Map<String, Sum> byCode(Handle handle, ReportPlan plan, Window window) {
    Map<String, Sum> sums = new HashMap<>();
    query(handle, CODES, " group by o.defect_code", plan, window)
        .map(
            (row, context) -> {
              sums.put(row.getString(1), new Sum(row.getLong(2), row.getLong(3)));
              return true;
            })
        .list();
    return sums;
  }

  private static List<Report.Kind> news(Handle handle, ReportPlan plan, Window window) {
    return query(
            handle,
            NEWS,
            " group by g.group_id, g.defect_code, g.product_type, g.title"
                + " order by failures desc, g.group_id",
            plan,
            window)
        .map(
            (row, context) ->
                new Report.Kind(
                    row.getString("group_id"),
                    row.getString("defect_code"),
                    row.getString("product_type"),
                    row.getString("title"),
                    row.getLong("failures"),
                    row.getInt("back") == 1))
        .list();
  }

  /** The window before and this one, each from its own beginning. */
  private static List<Long> history(Handle handle, ReportPlan plan, Window window) {
    List<Long> both = new ArrayList<>(points(handle, plan, window.before()));
    both.addAll(points(handle, plan, window));
    return both;
  }

  private static List<Long> points(Handle handle, ReportPlan plan, Window window) {
    Long[] numbers = new Long[window.points()];
    Arrays.fill(numbers, 0L);
    String code = plan.code().isPresent() ? " and o.defect_code = :code" : "";
    Query query = query(handle, POINTS + code, " group by 1", plan, window);
    plan.code().ifPresent(it -> query.bind("code", it));
    query
        .bind("point", window.point().toMillis())
        .map(
            (row, context) -> {
              numbers[row.getInt(1)] = row.getLong(2);
              return true;
            })
        .list();
    return List.of(numbers);
  }

  private List<Report.Row> rows(Handle handle, ReportPlan plan, Window window) {
    return query(handle, ROWS, " order by o.owed_at, o.occurrence_key limit :most", plan, window)
        .bind("most", Report.MOST_ROWS)
        .map((row, context) -> row(row))
        .list();
  }

  private Report.Row row(ResultSet row) throws SQLException {
    String circuit = row.getString("circuit");
    String example = Optional.ofNullable(row.getString("example")).orElse("");
    return new Report.Row(
        Instant.ofEpochMilli(row.getLong("owed_at")),
        row.getString("resource_id"),
        circuit,
        row.getString("product_type"),
        row.getString("orch_state"),
        row.getString("defect_code"),
        Optional.ofNullable(row.getString("title")).orElse(""),
        errors.apply(circuit, row.getString("occurrence_key")).orElse(example),
        GroupRow.moment(row, "over_at").isPresent());
  }

  private static Query query(
      Handle handle, String question, String end, ReportPlan plan, Window window) {
    String which =
        (plan.products().isEmpty() ? "" : OF_PRODUCTS)
            + (plan.codes().isEmpty() ? "" : OF_CODES)
            + (plan.isOnlyNew() ? OF_NEW : "");
    Query query =
        handle
            .createQuery(question + which + end)
            .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true))
            .bind("from", window.from().toEpochMilli())
            .bind("until", window.until().toEpochMilli());
    if (!plan.products().isEmpty()) {
      query.bindList("products", plan.products());
    }
    return plan.codes().isEmpty() ? query : query.bindList("codes", plan.codes());
  }
}
