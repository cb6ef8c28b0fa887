package io.orchscope.logtext;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.logtext.Remark.Kind;
import io.orchscope.secret.ValueForms;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An entry of an orchestration trace as it is written to syslog: {@code <traceId>: {
 * "loggerName":"syslog", …, "levelName":"INFO", "message":"<entry>"}}.
 *
 * <p>Shape: the quotes of the entry are not escaped, so that the whole is no JSON: what stands
 * behind {@code "message":"} is, without the last {@code "}}. Errors: none; of an entry that was
 * cut, the error is taken as far as it goes. Source: domain.md §5.2.
 */
final class TraceRecord {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARK = "\"loggerName\"";
  private static final String MESSAGE = "\"message\":\"";
  private static final String END = "\"}";
  private static final String ERROR = "\"categorized_error\"";
  private static final String FAILED = "FAILED";

  private TraceRecord() {}

  static boolean isOne(LogLine line) {
    return line.raw().contains(MARK) && line.raw().contains(MESSAGE);
  }

  static Optional<Statement> of(LogLine line) {
    String raw = line.raw();
    int found = raw.indexOf(MESSAGE);
    String head = raw.substring(0, found);
    String rest = raw.substring(found + MESSAGE.length()).strip();
    String entry = rest.endsWith(END) ? rest.substring(0, rest.length() - END.length()) : rest;
    String level = value(head, "levelName").toUpperCase(Locale.ROOT);
    Optional<Instant> at =
        line.at()
            .or(() -> Stamp.instant(value(head, "asciTime")))
            .or(() -> Stamp.instant(value(head, "time")));
    Optional<String> error = entry.startsWith("{") ? error(entry) : Optional.empty();
    Optional<Statement> said =
        error.isPresent()
            ? Optional.of(new Statement(Kind.FAILURE, at, level, error.get()))
            : Statements.ofLevel(line, level, entry);
    return said.map(each -> new Statement(each.kind(), at, level, each.text()));
  }

  private static Optional<String> error(String entry) {
    JsonNode fields;
    try {
      fields = JSON.readTree(entry);
    } catch (JsonProcessingException cut) {
      return errorOfCut(entry);
    }
    String categorized = fields.path("categorized_error").asText("");
    if (!categorized.isBlank()) {
      return Optional.of(categorized);
    }
    return fields.path("state").asText("").equals(FAILED)
        ? Optional.of(fields.path("message").asText("")).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  private static Optional<String> errorOfCut(String entry) {
    int name = entry.indexOf(ERROR);
    int from = name < 0 ? -1 : entry.indexOf('"', name + ERROR.length());
    if (from < 0) {
      return Optional.empty();
    }
    String error = entry.substring(from + 1, ValueForms.closed(entry, from + 1));
    return error.isBlank() ? Optional.empty() : Optional.of(error);
  }

  /** A field of the record that stands before the entry. */
  private static String value(String head, String name) {
    int found = head.indexOf("\"" + name + "\"");
    int from = found < 0 ? -1 : head.indexOf('"', found + name.length() + 2);
    int end = from < 0 ? -1 : head.indexOf('"', from + 1);
    return end < 0 ? "" : head.substring(from + 1, end);
  }
}
