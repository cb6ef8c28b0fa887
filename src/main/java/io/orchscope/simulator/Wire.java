package io.orchscope.simulator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How the simulated neighbours write JSON and times. */
final class Wire {

  static final JsonMapper JSON = JsonMapper.builder().build();

  /** {@code HH:MM:SS}, as entries of a trace carry it. */
  static final DateTimeFormatter CLOCK = format("HH:mm:ss");

  private static final DateTimeFormatter MILLIS = format("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
  private static final DateTimeFormatter MICROS = format("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

  /** UTC with milliseconds, as the market writes it. */
  static String millis(Instant time) {
    return MILLIS.format(time);
  }

  /** UTC with microseconds, as the token service writes it. */
  static String micros(Instant time) {
    return MICROS.format(time);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  private Wire() {}
}
