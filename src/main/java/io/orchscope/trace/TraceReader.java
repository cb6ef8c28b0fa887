package io.orchscope.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads the TraceLogs out of a list reply of the Market, from bytes and in one pass.
 *
 * <p>Shape: {@code {"items":[…],"total":n,"nextPageToken":…}} with fields in any order; what is not
 * known is skipped. Errors: never throws; a reply that is no list says why in {@code garbled}.
 * Source: domain.md §1.2 and §3.1.
 */
final class TraceReader {

  private final JsonCursor json;
  private final List<TracePage.Found> traceLogs = new ArrayList<>();
  private boolean hasItems;
  private int size;
  private int strangers;
  private OptionalDouble total = OptionalDouble.empty();
  private boolean announcesMore;

  private TraceReader(JsonCursor json) {
    this.json = json;
  }

  static TracePage read(byte[] reply) {
    try (JsonCursor json = JsonCursor.open(reply)) {
      return new TraceReader(json).page();
    } catch (JsonProcessingException e) {
      // The exception's own message quotes the payload, its place does not.
      return TracePage.unreadable("is not JSON" + place(e));
    } catch (IOException e) {
      return TracePage.unreadable("is not JSON in UTF-8");
    }
  }

  private static String place(JsonProcessingException e) {
    return Optional.ofNullable(e.getLocation())
        .map(at -> " from byte " + at.getByteOffset() + " on")
        .orElse("");
  }

  private TracePage page() throws IOException {
    if (json.isEmpty()) {
      return TracePage.unreadable("is empty");
    }
    if (!json.isAtObject()) {
      return TracePage.unreadable("is no list: it is not an object");
    }
    json.eachField(this::field);
    if (!json.isLast()) {
      return TracePage.unreadable("is not JSON: something follows its end");
    }
    if (!hasItems) {
      return TracePage.unreadable("is no list: it has no items");
    }
    return new TracePage(
        List.copyOf(traceLogs),
        size,
        strangers,
        (long) total.orElse(-1),
        announcesMore,
        Optional.empty());
  }

  private void field(String name) throws IOException {
    switch (name) {
      case "items" -> items();
      case "total" -> total = json.number();
      case "nextPageToken" -> announcesMore = !json.text().isBlank();
      default -> json.skip();
    }
  }

  private void items() throws IOException {
    if (!json.isAtArray()) {
      json.skip();
      return;
    }
    hasItems = true;
    json.eachElement(
        index -> {
          size++;
          if (json.isAtObject()) {
            TraceLogReader traceLog = new TraceLogReader(json);
            TracePage.Found found = traceLog.read();
            if (traceLog.isTraceLog()) {
              traceLogs.add(found);
            }
          } else {
            strangers++;
            json.skip();
          }
        });
  }
}
