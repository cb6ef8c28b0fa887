package io.orchscope;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.Settlements;
import io.orchscope.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What lies between polls and circuits: a queue in memory, or a Kafka topic that other processes
 * read too. Routes know it by two placeholders, since reading and writing take different options.
 *
 * @param uri as the operator wrote it; an option that stands there is left alone
 */
record CircuitQueue(String uri, int length, int atOnce, long limitMillis, boolean isReadHere) {

  static final String IN = "circuits.queue.in";
  static final String OUT = "circuits.queue.out";
  static final String READ_HERE = "circuits.queue.read-here";

  /** A topic that is made here has room for so many processes as this one. */
  private static final int PROCESSES = 4;

  private static final String BYTES = "org.apache.kafka.common.serialization.ByteArray";

  static CircuitQueue of(Settings settings) {
    return new CircuitQueue(
        settings.text("circuits.queue"),
        settings.count("circuits.queue-length"),
        settings.count("circuits.at-once"),
        settings.duration("poll.circuits-limit").toMillis(),
        settings.flag("circuits.work-here"));
  }

  /** What is known of polls whose circuits other processes work on; none where there are none. */
  Optional<Settlements> settlements(Ledger ledger) {
    return isShared() ? Optional.of(new Settlements(ledger)) : Optional.empty();
  }

  /** Whether other processes may read it. */
  boolean isShared() {
    return uri.startsWith("kafka:");
  }

  /** A partition is read by one thread at a time. */
  int partitions() {
    return atOnce * PROCESSES;
  }

  /** What the routes call the queue. */
  Map<String, String> placeholders() {
    return Map.of(
        IN,
        isShared() ? with(reading()) : with(inMemory()) + "&concurrentConsumers=" + atOnce,
        OUT,
        isShared()
            ? with(writing())
            // Waits while the queue is full, so that listing never runs ahead.
            : with(inMemory()) + "&blockWhenFull=true&waitForTaskToComplete=Never",
        READ_HERE,
        String.valueOf(isReadHere));
  }

  private Map<String, String> inMemory() {
    return options("size", String.valueOf(length));
  }

  private Map<String, String> writing() {
    Map<String, String> options = options("valueSerializer", BYTES + "Serializer");
    options.put("headerFilterStrategy", "#queueHeaders");
    return options;
  }

  /**
   * One circuit at a time for each thread. What a thread has read since Kafka last took note is
   * read again by another when its process ends, and passed over if it was worked on: {@link
   * io.orchscope.ledger.Settlements#isSettled}. Partitions stay where they are when a process comes
   * or goes.
   */
  private Map<String, String> reading() {
    Map<String, String> options = options("valueDeserializer", BYTES + "Deserializer");
    options.put("headerFilterStrategy", "#queueHeaders");
    options.put("groupId", "orchscope");
    options.put("autoOffsetReset", "earliest");
    options.put("consumersCount", String.valueOf(atOnce));
    options.put("maxPollRecords", "1");
    options.put("autoCommitIntervalMs", "200");
    options.put("maxPollIntervalMs", String.valueOf(limitMillis));
    options.put("sessionTimeoutMs", "10000");
    options.put("partitionAssignor", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    return options;
  }

  private static Map<String, String> options(String key, String value) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put(key, value);
    return options;
  }

  private String with(Map<String, String> options) {
    String more =
        options.entrySet().stream()
            .filter(option -> !uri.matches(".*[?&]" + option.getKey() + "=.*"))
            .map(option -> option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining("&"));
    return uri + (uri.contains("?") ? "&" : "?") + more;
  }

  /** What crosses a queue: the same in memory and over Kafka. */
  static ObjectMapper json() {
    return new ObjectMapper().registerModule(new Jdk8Module()).registerModule(new JavaTimeModule());
  }
}
