package io.orchscope.alert;

import io.orchscope.alert.HostileText.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What rooms are told of Orchscope itself. */
public final class Notices {

  private static final int BYTES = 400;
  private static final int SHORT_BYTES = 200;
  private static final int LISTED = 10;

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

  /**
   * A circuit about which nothing can be said.
   *
   * @param letterReason of its dead letter, {@code timeout}; empty when its trace is to blame
   * @param explanation one line for an engineer
   */
  public record Unexamined(
      String resourceId, String circuit, String letterReason, String explanation) {

    String what() {
      return letterReason.isEmpty() ? "trace" : letterReason;
    }
  }

  /**
   * Circuits about which nothing can be said.
   *
   * @param fresh those that the room has not been told of, all in the table
   * @param all how many there are with those that it has been told of
   */
  public Draft unexamined(String productType, List<Unexamined> fresh, long all) {
    String lines =
        fresh.stream()
            .limit(LISTED)
            .map(each -> "- " + shortly(each.circuit()) + ": " + shortly(each.explanation()))
            .collect(Collectors.joining("\n"));
    String markdown =
        "**%,d %s of %s could not be examined** (environment %s)%n%n%s%n%n%s%s%n%nNothing is known of them: their orchestration trace is missing or cannot be read, or MDSO did not answer for them. `orchscope dead-letters list` shows the latter; every poll tries those again."
            .formatted(
                fresh.size(),
                fresh.size() == 1 ? "circuit" : "circuits",
                code(productType),
                code(environment),
                lines,
                GroupWords.showing(
                    Math.min(LISTED, fresh.size()),
                    fresh.size(),
                    "circuits; the table has them all"),
                all > fresh.size() ? " With those told before there are " + all + "." : "");
    RoomMessage message =
        RoomMessage.of(
                markdown.replace(System.lineSeparator(), "\n"),
                "ALERT NOT EXAMINED " + productType + " " + fresh.size() + " circuits")
            .withFile(new RoomMessage.File("not-examined.csv", CircuitTable.notExamined(fresh)));
    return new Draft(Draft.Kind.ROOT, message, List.of());
  }

  /** All circuits of a product can be examined again. */
  public Draft examinedAgain(String productType) {
    return draft(
        Draft.Kind.REPLY,
        "Every circuit of " + code(productType) + " could be examined again.",
        "ALERT EXAMINED AGAIN " + productType);
  }

  private static Draft draft(Draft.Kind kind, String markdown, String summary) {
    return new Draft(kind, RoomMessage.of(markdown, summary), List.of());
  }

  private static String shortly(String text) {
    return HostileText.shown(text, Place.CODE, SHORT_BYTES);
  }

  private static String code(String text) {
    return HostileText.shown(text, Place.CODE, BYTES);
  }
}
