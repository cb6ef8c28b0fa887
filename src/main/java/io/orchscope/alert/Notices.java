package io.orchscope.alert;

import io.orchscope.alert.HostileText.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What rooms are told of Orchscope itself. */
public final class Notices {

  private static final int BYTES = 400;

  private final String environment;

  public Notices(String environment) {
    this.environment = environment;
  }

  /** A product that is not polled as it should be. */
  public record Late(String productType, Instant dueAt, Optional<Instant> lastComplete) {}

  /** Polls that should have been complete by now. */
  public Draft late(List<Late> late) {
    String lines =
        late.stream()
            .map(
                each ->
                    "- "
                        + code(each.productType())
                        + ": due "
                        + each.dueAt()
                        + ", last complete "
                        + each.lastComplete().map(Instant::toString).orElse("never"))
            .collect(Collectors.joining("\n"));
    String markdown =
        "**Nobody is watching: "
            + late.size()
            + (late.size() == 1 ? " product has" : " products have")
            + " no complete poll** (environment "
            + code(environment)
            + ")\n\n"
            + lines
            + "\n\nFailures of their circuits are not seen until this is over. The log of Orchscope"
            + " says why; MDSO may be down, or refuse the log-in.";
    String products = late.stream().map(Late::productType).collect(Collectors.joining(", "));
    return draft(Draft.Kind.ROOT, markdown, "ALERT POLL LATE " + products);
  }

  /** A product whose polls are complete again. */
  public Draft onTime(String productType, String figures) {
    return draft(
        Draft.Kind.REPLY,
        "Polls of " + code(productType) + " are complete again: " + figures + ".",
        "ALERT POLL ON TIME " + productType);
  }

  private static Draft draft(Draft.Kind kind, String markdown, String summary) {
    return new Draft(kind, RoomMessage.of(markdown, summary), List.of());
  }

  private static String code(String text) {
    return HostileText.shown(text, Place.CODE, BYTES);
  }
}
