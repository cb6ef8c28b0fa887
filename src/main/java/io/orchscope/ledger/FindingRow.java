package io.orchscope.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.errortest.ErrorTestFinding;
import io.orchscope.errortest.ErrorTestPlan.Kind;
import io.orchscope.errortest.FindingSection;
import io.orchscope.errortest.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A finding as it stands in the ledger: columns for what is asked for, JSON for the rest. */
final class FindingRow {

  /** Of every query that is read here; o is the occurrence. */
  static final String COLUMNS =
      "t.occurrence_key, t.test, t.kind, t.outcome, t.body, t.tested_at, t.telling,"
          + " o.product_type";

  private static final ObjectMapper JSON = new ObjectMapper();

  private record Body(String circuit, String defectCode, List<FindingSection> sections) {}

  static String body(ErrorTestFinding finding) {
    try {
      return JSON.writeValueAsString(
          new Body(finding.circuit(), finding.defectCode(), finding.sections()));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("It is made of texts.", impossible);
    }
  }

  /** The finding; none when nobody can read it, as of another version. */
  static Optional<ErrorTestFinding> read(ResultSet row) throws SQLException {
    try {
      Body body = JSON.readValue(row.getString("body"), Body.class);
      return Optional.of(
          new ErrorTestFinding(
              row.getString("occurrence_key"),
              row.getString("test"),
              Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT).replace('-', '_')),
              Outcome.of(row.getString("outcome")),
              row.getString("telling") != null,
              row.getString("product_type"),
              body.circuit(),
              body.defectCode(),
              body.sections(),
              Instant.ofEpochMilli(row.getLong("tested_at"))));
    } catch (JsonProcessingException | IllegalArgumentException other) {
      return Optional.empty();
    }
  }

  private FindingRow() {}
}
