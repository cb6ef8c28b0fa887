package io.orchscope.kafka;

import io.orchscope.FreePort;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** Kafka's own broker, alone and at a free port of loopback; its files are below a folder. */
public final class Broker implements AutoCloseable {

  private static final int NODE = 1;

  private final KafkaRaftServer server;
  private final String address;

  /** What a record carries beside its body. */
  public record Carried(String key, Map<String, String> headers, String body) {}

  private Broker(KafkaRaftServer server, String address) {
    this.server = server;
    this.address = address;
  }

  /** Ready for clients. */
  public static Broker start(Path folder) throws Exception {
    // The broker cannot choose for itself, as its controller is told.
    int[] ports = {FreePort.next(), FreePort.next()};
    String address = "127.0.0.1:" + ports[0];
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", String.valueOf(NODE));
    properties.put("controller.quorum.voters", NODE + "@127.0.0.1:" + ports[1]);
    properties.put("listeners", "PLAINTEXT://" + address + ",CONTROLLER://127.0.0.1:" + ports[1]);
    properties.put("advertised.listeners", "PLAINTEXT://" + address);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("log.dirs", folder.toString());
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("log.flush.scheduler.interval.ms", "100000");
    format(folder);
    KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
    server.startup();
    return new Broker(server, address);
  }

  /** Host and port. */
  public String address() {
    return address;
  }

  /** Every record that stands in a topic, whoever has read it. */
  public List<Carried> records(String topic) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", address);
    properties.put("auto.offset.reset", "earliest");
    List<Carried> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      long last =
          consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      while (records.size() < last) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> records.add(carried(record)));
      }
    }
    return records;
  }

  /** How many members of a group have something to read. */
  public long readers(String group) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", address))) {
      return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
          .flatMap(description -> description.members().stream())
          .filter(member -> !member.assignment().topicPartitions().isEmpty())
          .count();
    }
  }

  private static Carried carried(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
    return new Carried(text(record.key()), headers, text(record.value()));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void format(Path folder) throws Exception {
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(NODE)
        .setControllerListenerName("CONTROLLER")
        .addDirectory(folder.toString())
        .setMetadataLogDirectory(folder.toString())
        .run();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
