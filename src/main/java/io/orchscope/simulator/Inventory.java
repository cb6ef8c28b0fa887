package io.orchscope.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the simulated MDSO holds: resources and TraceLogs from the seed, those that arrived later,
 * and those that a test wrote by hand.
 */
final class Inventory {

  private final SimulatorOptions options;
  private final Instant start;
  private final Ids ids;
  private final Layout layout;
  private final Sketcher sketcher;
  private final Storyteller storyteller;
  private final ResourceWriter resources;
  private final TraceWriter traces;
  private final List<Instant> arrivals = new ArrayList<>();
  private final Map<String, ObjectNode> handmade = new LinkedHashMap<>();
  private int first;
  private int arrivedByTime;
  private int changes;

  Inventory(SimulatorOptions options) {
    this.options = options;
    this.start = options.clock().instant();
    this.ids = new Ids(options.seed());
    this.layout = new Layout(options.products());
    this.sketcher = new Sketcher(ids, layout, options, start, arrivals::get);
    this.storyteller = new Storyteller(ids, new ErrorTexts(), options);
    this.resources = new ResourceWriter(ids, storyteller);
    this.traces = new TraceWriter(ids, storyteller, options.traceBytes());
  }

  Ids ids() {
    return ids;
  }

  Sketcher sketcher() {
    return sketcher;
  }

  /** The number of the oldest resource that is still there. */
  synchronized int first() {
    return first;
  }

  /** One more than the number of the newest resource, after those have come that are due. */
  synchronized int end() {
    long due =
        (long)
            (Duration.between(start, options.clock().instant()).toMillis()
                * options.arrivalsPerSecond()
                / 1000);
    if (due > arrivedByTime) {
      int more = (int) (due - arrivedByTime);
      arrivedByTime += more;
      arrive(more);
    }
    return options.resources() + arrivals.size();
  }

  /** Lets new failed resources come, now. */
  synchronized void arrive(int count) {
    for (int i = 0; i < count; i++) {
      arrivals.add(options.clock().instant());
    }
  }

  /** Takes the oldest resource away. */
  synchronized void remove() {
    first = Math.min(first + 1, end());
  }

  synchronized void put(ObjectNode resource) {
    handmade.put(resource.path("id").asText(), resource.deepCopy());
    changes++;
  }

  /** What was written by hand, in its order. */
  synchronized List<ObjectNode> handmade() {
    return handmade.values().stream().map(ObjectNode::deepCopy).toList();
  }

  /** Another text whenever something has come, gone, changed or settled. */
  synchronized String state() {
    return first + "/" + end() + "/" + changes + "/" + isSettled();
  }

  synchronized boolean isHandmade(String id) {
    return handmade.containsKey(id);
  }

  int count(ProductKind kind) {
    return layout.rank(kind, end()) - layout.rank(kind, first());
  }

  /** The number of the n-th resource of a kind that is still there. */
  int nth(ProductKind kind, int n) {
    return layout.nth(kind, layout.rank(kind, first()) + n);
  }

  ProductKind kindOf(int index) {
    return layout.kindOf(index);
  }

  boolean holds(int index) {
    return index >= first() && index < end();
  }

  Sketch sketch(int index) {
    return sketcher.of(index, isSettled());
  }

  /** The same when everything has succeeded or failed that will. */
  Sketch sketchInTheEnd(int index) {
    return sketcher.of(index, !options.settleAfter().isZero());
  }

  /** When the oldest resource was created. */
  Instant beginning() {
    return start.minus(Sketcher.SPREAD);
  }

  Instant start() {
    return start;
  }

  /** Roughly how many entries an orchestration trace has. */
  int traceEntries() {
    return options.traceEntries();
  }

  /** How many resources there were when it all began. */
  int size() {
    return options.resources();
  }

  /** Whether what was being activated at the start has succeeded or failed by now. */
  boolean isSettled() {
    return !options.settleAfter().isZero()
        && !options.clock().instant().isBefore(start.plus(options.settleAfter()));
  }

  /** What an attempt did, of the resource that owns the TraceLogs; the newest is the last. */
  Story story(Sketch owner, int attempt) {
    return storyteller.of(owner, attempt);
  }

  /** What the last attempt did of which a resource is a part. */
  Story newestStory(Sketch sketch) {
    return storyteller.of(sketch(sketch.owner()), Math.max(0, sketch.attempts() - 1));
  }

  /** The resource of a number as its script found it. */
  ObjectNode whenBegun(int index) {
    return resources.write(sketch(index).activating());
  }

  /** The resource of a number. */
  ObjectNode resource(int index) {
    return handmade(ids.resource(index)).orElseGet(() -> resources.write(sketch(index)));
  }

  /** A TraceLog of the resource of a number. */
  ObjectNode trace(int owner, int attempt) {
    return handmade(ids.trace(owner, attempt))
        .orElseGet(() -> traces.write(sketch(owner), attempt));
  }

  /** What has this id. */
  Optional<ObjectNode> get(String id) {
    Optional<ObjectNode> byHand = handmade(id);
    if (byHand.isPresent()) {
      return byHand;
    }
    OptionalInt index = ids.number(Ids.Kind.RESOURCE, id);
    if (index.isPresent()) {
      return index.stream().filter(this::holds).mapToObj(this::resource).findAny();
    }
    return ids.number(Ids.Kind.TRACE, id).stream()
        .filter(this::holds)
        .filter(owner -> Ids.attempt(id) < attempts(owner))
        .mapToObj(owner -> trace(owner, Ids.attempt(id)))
        .findAny();
  }

  /** How many TraceLogs name this resource as their origin. */
  int attempts(int owner) {
    if (!kindOf(owner).hasTrace) {
      return 0;
    }
    Sketch sketch = sketch(owner);
    return sketch.owner() == owner ? sketch.attempts() : 0;
  }

  /** What a resource depends on: its TraceLogs and, for a parent, the resource that it runs. */
  List<ObjectNode> dependencies(String id) {
    Stream<ObjectNode> generated =
        ids.number(Ids.Kind.RESOURCE, id).stream()
            .filter(this::holds)
            .boxed()
            .flatMap(index -> generatedDependencies(sketch(index)));
    Stream<ObjectNode> byHand =
        handmade().stream()
            .filter(node -> node.path("resourceTypeId").asText().equals(TraceWriter.TYPE))
            .filter(node -> node.path("properties").path("origination_id").asText().equals(id))
            .filter(node -> ids.number(Ids.Kind.TRACE, node.path("id").asText()).isEmpty());
    return Stream.concat(generated, byHand).toList();
  }

  private Stream<ObjectNode> generatedDependencies(Sketch sketch) {
    Stream<ObjectNode> logs =
        IntStream.range(0, sketch.attempts()).mapToObj(attempt -> trace(sketch.owner(), attempt));
    return sketch.story() != sketch.index() && holds(sketch.story())
        ? Stream.concat(logs, Stream.of(resource(sketch.story())))
        : logs;
  }

  /** The reason of a failed resource; empty for any other. */
  String reason(Sketch sketch) {
    return resources.reason(sketch);
  }

  private synchronized Optional<ObjectNode> handmade(String id) {
    return Optional.ofNullable(handmade.get(id)).map(ObjectNode::deepCopy);
  }
}
