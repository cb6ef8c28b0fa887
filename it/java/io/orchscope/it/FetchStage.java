package io.orchscope.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.Assembly;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;

/**
 * Times the HTTP stage by itself: the look-up of a circuit's trace through the production wiring,
 * token, gate, retries and a span for each step included, and nothing done with the answer.
 *
 * <p>Started by {@code it/bench/bench.py}, which sets the variables that lead to the simulator.
 */
final class FetchStage {

  private static final String RESOURCES = "/bpocore/market/api/v1/resources";
  private static final String POLL = "fetch-stage";

  private final ProducerTemplate template;
  private final String typeId;

  private FetchStage(ProducerTemplate template, String typeId) {
    this.template = template;
    this.typeId = typeId;
  }

  /** Words: resource type id, calls to warm up with, calls that count, calls at once. */
  public static void main(String[] words) throws Exception {
    int warmUp = Integer.parseInt(words[1]);
    int counted = Integer.parseInt(words[2]);
    int atOnce = Integer.parseInt(words[3]);
    try (Assembly assembly =
        Assembly.assemble(
            Map.of("poll.by-schedule", "no", "mdso.calls-at-once", String.valueOf(atOnce)))) {
      assembly.start();
      ProducerTemplate template = assembly.context().createProducerTemplate();
      FetchStage stage = new FetchStage(template, words[0]);
      List<String> resources = stage.resources();
      stage.fetch(resources, warmUp, atOnce);
      double seconds = stage.fetch(resources, counted, atOnce);
      template.send("direct:close-session", exchange -> named(exchange, "", ""));
      System.out.printf(
          Locale.ROOT,
          "{\"calls\": %d, \"seconds\": %.3f, \"per_second\": %.1f}%n",
          counted,
          seconds,
          counted / seconds);
    }
  }

  private List<String> resources() throws Exception {
    List<String> found = new ArrayList<>();
    String where = "&offset=0";
    while (!where.isEmpty()) {
      JsonNode page =
          new ObjectMapper()
              .readTree(ask(RESOURCES, "exactTypeId=" + typeId + "&limit=1000" + where));
      page.get("items").forEach(item -> found.add(item.get("id").asText()));
      JsonNode next = page.get("nextPageToken");
      where = next == null ? "" : "&pageToken=" + next.asText();
    }
    return found;
  }

  /** Seconds for so many look-ups, one circuit after the other, again from the first if need be. */
  private double fetch(List<String> resources, int calls, int atOnce) throws Exception {
    AtomicInteger next = new AtomicInteger();
    ExecutorService workers = Executors.newFixedThreadPool(atOnce);
    long begun = System.nanoTime();
    List<Future<?>> ends = new ArrayList<>();
    for (int worker = 0; worker < atOnce; worker++) {
      ends.add(
          workers.submit(
              () -> {
                for (int k = next.getAndIncrement(); k < calls; k = next.getAndIncrement()) {
                  lookUp(resources.get(k % resources.size()));
                }
              }));
    }
    for (Future<?> end : ends) {
      end.get();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    workers.shutdown();
    return seconds;
  }

  private void lookUp(String resourceId) {
    byte[] answer =
        ask(
            RESOURCES,
            "resourceTypeId=tosca.resourceTypes.TraceLog&q=properties.origination_id:"
                + resourceId
                + "&limit=10");
    if (answer.length == 0) {
      throw new IllegalStateException("MDSO said nothing about " + resourceId + ".");
    }
  }

  private byte[] ask(String path, String query) {
    Exchange done =
        template.send(
            "direct:call-mdso", ExchangePattern.InOnly, exchange -> named(exchange, path, query));
    if (done.getException() != null) {
      throw new CamelExecutionException("MDSO gave no answer.", done, done.getException());
    }
    return done.getVariable("mdso-answer", byte[].class);
  }

  private static void named(Exchange exchange, String path, String query) {
    exchange.getMessage().setHeader("poll-id", POLL);
    exchange.getMessage().setHeader(Exchange.HTTP_PATH, path);
    exchange.getMessage().setHeader(Exchange.HTTP_QUERY, query);
  }
}
