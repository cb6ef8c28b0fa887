package io.orchscope.ledger;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What planning came to.
 *
 * @param messages that wait for their rooms now
 * @param suppressed how many alerts nobody need be told of any more, by reason
 */
record Plan(int messages, Map<String, Long> suppressed) {

  static final Plan NOTHING = new Plan(0, Map.of());

  static Plan of(int messages) {
    return new Plan(messages, Map.of());
  }

  Plan plus(Plan other) {
    Map<String, Long> sums = new LinkedHashMap<>(suppressed);
    other.suppressed().forEach((reason, number) -> sums.merge(reason, number, Long::sum));
    return new Plan(messages + other.messages(), sums);
  }
}
