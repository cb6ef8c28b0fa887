package io.orchscope.ledger;

import io.orchscope.alert.Alert;
import io.orchscope.alert.AlertTimes;
import io.orchscope.alert.GroupKey;
import io.orchscope.alert.OwedAlert;
import io.orchscope.alert.Suppression;
import io.orchscope.circuit.CircuitId;
import io.orchscope.circuit.Device;
import io.orchscope.circuit.OrchState;
import io.orchscope.circuit.Resource;
import io.orchscope.circuit.ResourceId;
import io.orchscope.defect.Classification;
import io.orchscope.defect.DefectCode;
import io.orchscope.defect.Examination;
import io.orchscope.defect.Fingerprint;
import io.orchscope.defect.Occurrence;
import io.orchscope.defect.Severity;
import io.orchscope.mdso.Poll;
import io.orchscope.mdso.PollRequest;
import io.orchscope.mdso.Polls;
import io.orchscope.settings.Products;
import io.orchscope.trace.FoundError;
import io.orchscope.trace.TraceSearch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Failures for tests of what rooms are told. */
public final class Rooms {

  private static final String SENDER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  public static final AlertTimes TIMES =
      new AlertTimes(
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofHours(12),
          Duration.ofMinutes(5),
          Duration.ofHours(24),
          20);

  /** One failure: which error, of which circuit, when. */
  public record Failure(
      String key, String circuit, String error, String room, Instant at, String code) {

    public static Failure of(String key, String circuit, Instant at) {
      return new Failure(key, circuit, "unable to connect", "room-1", at, "DE-1000");
    }

    public Failure error(String other) {
      return new Failure(key, circuit, other, room, at, code);
    }

    public Failure room(String other) {
      return new Failure(key, circuit, error, other, at, code);
    }

    public Failure code(String other) {
      return new Failure(key, circuit, error, room, at, other);
    }
  }

  /** Decides a failing circuit; answers why its room is not told, if so. */
  static Optional<String> fails(Ledger ledger, Products products, Failure failure) {
    return fails(ledger, products, failure, Optional.empty());
  }

  static Optional<String> fails(
      Ledger ledger, Products products, Failure failure, Optional<Suppression> suppression) {
    return fails(ledger, products, "poll-1", failure, suppression);
  }

  /** The same, of a circuit that a poll has listed. */
  public static Optional<String> fails(
      Ledger ledger,
      Products products,
      String pollId,
      Failure failure,
      Optional<Suppression> suppression) {
    GroupKey group =
        new GroupKey("lab", "service_mapper", failure.code(), Fingerprint.of(failure.error()));
    return fails(
        ledger,
        products,
        pollId,
        failure,
        new OwedAlert(alert(failure), group, failure.room(), suppression, SENDER));
  }

  /** The same with what the room is owed. */
  static Optional<String> fails(
      Ledger ledger, Products products, String pollId, Failure failure, OwedAlert owed) {
    return ledger
        .decide(
            examination(
                pollId,
                products,
                resource(failure.circuit(), OrchState.FAILED, failure.at()),
                List.of(occurrence(failure))),
            List.of(owed),
            TIMES)
        .get(0);
  }

  /** Decides a circuit that is well. */
  static void succeeds(Ledger ledger, Products products, String circuit, Instant at) {
    ledger.decide(
        examination("poll-1", products, resource(circuit, OrchState.ACTIVE, at), List.of()),
        List.of(),
        TIMES);
  }

  /** What a poll says of a circuit that it lists: whether somebody has to look. */
  public record Listing(String pollId, boolean fresh, long unchanged) {}

  /** A poll that looks back for ever lists one circuit, in a state that its product knows. */
  public static Listing lists(
      Ledger ledger, Products products, String circuit, OrchState state, long revision) {
    Duration forEver = Duration.ofDays(36_500);
    Polls polls = new Polls(products, 10, forEver, Duration.ofSeconds(1), ledger.clock());
    String reply =
        ("{\"items\":[{\"id\":\"resource-of-%s\",\"label\":\"%s\",\"orchState\":\"%s\","
                + "\"revision\":%d,\"createdAt\":\"2024-01-01T00:00:00.000Z\"}],\"total\":1}")
            .formatted(circuit, circuit, state.wire(), revision);
    Poll poll =
        polls.read(
            polls.begin(new PollRequest("service_mapper", forEver)),
            reply.getBytes(StandardCharsets.UTF_8));
    Ledger.Claim claim = ledger.claim(poll);
    return new Listing(poll.id(), !claim.fresh().isEmpty(), claim.unchanged());
  }

  private static Examination examination(
      String pollId, Products products, Resource resource, List<Occurrence> occurrences) {
    return new Examination(
        pollId,
        products.ofType("service_mapper"),
        resource,
        TraceSearch.of(resource, false),
        List.of(),
        occurrences,
        Optional.empty(),
        Optional.empty());
  }

  private static Resource resource(String circuit, OrchState state, Instant at) {
    return new Resource(
        new ResourceId("resource-of-" + circuit),
        "service_mapper",
        circuit,
        new CircuitId(circuit),
        state,
        "",
        1,
        at,
        at,
        List.of());
  }

  private static Occurrence occurrence(Failure failure) {
    return new Occurrence(
        failure.key(),
        new FoundError(FoundError.Source.REASON, failure.error(), 0, "", "", "", ""),
        new Classification(
            Optional.of(DefectCode.of(failure.code())),
            "",
            "",
            Severity.MINOR,
            failure.error(),
            "",
            "rules-of-a-test",
            List.of()));
  }

  static Alert alert(Failure failure) {
    return new Alert(
        failure.key(),
        "lab",
        "service_mapper",
        "ServiceMapper",
        new CircuitId(failure.circuit()),
        new ResourceId("resource-of-" + failure.circuit()),
        List.<Device>of(),
        OrchState.FAILED,
        failure.code(),
        "Unable to connect",
        "network",
        Severity.MAJOR,
        "a.process.name",
        failure.error(),
        FoundError.Source.MESSAGE,
        Optional.of("0af7651916cd43dd8448eb211c80319c"),
        Optional.empty(),
        Optional.empty(),
        failure.at(),
        failure.at(),
        Optional.empty());
  }

  private Rooms() {}
}
