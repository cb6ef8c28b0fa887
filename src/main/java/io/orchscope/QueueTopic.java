package io.orchscope;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic of a shared queue: made where there is none, for a broker that makes it by itself gives
 * it one partition, and circuits are worked on one at a time then.
 */
final class QueueTopic {

  private static final Logger log = LoggerFactory.getLogger(QueueTopic.class);
  private static final int LIMIT_MILLIS = 10_000;

  private final KafkaConfiguration configuration;
  private final String brokers;
  private final int atOnce;
  private final int partitions;

  QueueTopic(CamelContext context, CircuitQueue queue) {
    String uri = queue.placeholders().getOrDefault(CircuitQueue.OUT, "");
    KafkaEndpoint endpoint = context.getEndpoint(uri, KafkaEndpoint.class);
    this.configuration = endpoint.getConfiguration();
    this.brokers = endpoint.getKafkaClientFactory().getBrokers(configuration);
    this.atOnce = queue.atOnce();
    this.partitions = queue.partitions();
  }

  /** Makes it, or says in the log why it can not, or what is to be known of the one there is. */
  void prepare() throws InterruptedException {
    String topic = configuration.getTopic();
    try (Admin admin = Admin.create(properties())) {
      int found = create(admin, topic) ? partitions : partitionsOf(admin, topic);
      if (found < atOnce) {
        log.warn(
            "No more than {} circuits are worked on at a time: the topic has so many partitions."
                + " topic={} brokers={} circuits_at_once={}",
            found,
            topic,
            brokers,
            atOnce);
      }
    } catch (ExecutionException | TimeoutException refused) {
      log.warn(
          "The topic of the circuits could not be looked at; make it with {} partitions if there is"
              + " none. topic={} brokers={} reason={}",
          partitions,
          topic,
          brokers,
          refused.getMessage());
    }
  }

  /** Answers whether there was none. */
  private boolean create(Admin admin, String topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      admin
          .createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
          .all()
          .get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException refused) {
      if (refused.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw refused;
    }
  }

  private static int partitionsOf(Admin admin, String topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get(LIMIT_MILLIS, TimeUnit.MILLISECONDS)
        .values()
        .stream()
        .mapToInt(description -> description.partitions().size())
        .sum();
  }

  /** As the routes connect, certificates and passwords included. */
  private Properties properties() {
    Properties all = configuration.createProducerProperties();
    Properties known = new Properties();
    all.stringPropertyNames().stream()
        .filter(AdminClientConfig.configNames()::contains)
        .forEach(key -> known.put(key, all.getProperty(key)));
    known.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    known.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, String.valueOf(LIMIT_MILLIS));
    known.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(LIMIT_MILLIS));
    return known;
  }
}
