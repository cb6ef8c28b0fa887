package io.orchscope.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What each defect code has named. */
public final class CodeFigures {

  private static final String BY_CODE =
      "select defect_code, count(*) as failures, count(distinct circuit_id) as circuits,"
          + " min(owed_at) as first_at, max(owed_at) as last_at from occurrence"
          + " where owed_at >= :since group by defect_code";

  private CodeFigures() {}

  /**
   * Of one code.
   *
   * @param first when it was found first, since the beginning of the window
   */
  public record Figures(long failures, long circuits, Instant first, Instant last) {}

  /** All codes that named something since then, by name; none where there is no ledger yet. */
  public static Map<String, Figures> since(Ledger ledger, Instant since) {
    Map<String, Figures> figures = new TreeMap<>();
    if (ledger.exists()) {
      ledger
          .transact(
              (handle, circuits) ->
                  handle
                      .createQuery(BY_CODE)
                      .bind("since", since.toEpochMilli())
                      .map(
                          (row, context) ->
                              Map.entry(
                                  row.getString("defect_code"),
                                  new Figures(
                                      row.getLong("failures"),
                                      row.getLong("circuits"),
                                      Instant.ofEpochMilli(row.getLong("first_at")),
                                      Instant.ofEpochMilli(row.getLong("last_at")))))
                      .list())
          .forEach(entry -> figures.put(entry.getKey(), entry.getValue()));
    }
    return figures;
  }
}
