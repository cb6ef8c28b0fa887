package io.orchscope.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orchscope.alert.HostileText.Place;
import io.orchscope.circuit.Device;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One message to a Webex room, below the size that Webex accepts.
 *
 * <p>Shape: a line that says it all, the circuit's facts, the error in a fenced block, and where to
 * look further. Whatever MDSO or the network wrote stands in code or is escaped, so that it neither
 * mentions people nor formats the message. Every part but the error has a limit of its own; the
 * error gets the room that they leave. Source: webex.md §1, faults.md F18.
 *
 * @param roomId Webex's id of the room
 * @param markdown fewer than {@value #LIMIT_BYTES} bytes of UTF-8
 */
public record WebexMessage(String roomId, String markdown) {

  /** What Webex refuses, in bytes of UTF-8. */
  public static final int LIMIT_BYTES = 7_439;

  private static final int DEVICES_SHOWN = 10;
  private static final int NAME_BYTES = 80;
  private static final int LINE_BYTES = 300;

  public static WebexMessage of(Alert alert, Room room) {
    return new WebexMessage(room.id(), markdown(alert, LIMIT_BYTES - 1));
  }

  /** The body of {@code POST /v1/messages}. */
  public String json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("roomId", roomId)
        .put("markdown", markdown)
        .toString();
  }

  /** All that is known of one alert, in at most so many bytes. */
  static String markdown(Alert alert, int limit) {
    String before = headline(alert) + "\n\n" + facts(alert) + "\n\n" + introduction(alert) + "\n\n";
    String after = "\n\n" + whereToLook(alert);
    int room = limit - HostileText.utf8Length(before) - HostileText.utf8Length(after);
    return before + error(alert, room) + after;
  }

  private static String headline(Alert alert) {
    return "**%s** · %s · %s"
        .formatted(
            prose((alert.defectCode() + " " + alert.title()).strip()),
            code(alert.circuit().value(), NAME_BYTES),
            code(alert.productType(), NAME_BYTES));
  }

  private static String facts(Alert alert) {
    return String.join(
        "\n",
        "- Circuit: "
            + code(alert.circuit().value(), NAME_BYTES)
            + ", resource "
            + code(alert.resourceId().value(), NAME_BYTES),
        "- Product: "
            + code(alert.productType(), NAME_BYTES)
            + ", "
            + code(alert.productName(), NAME_BYTES),
        "- Devices: " + devices(alert.devices()),
        "- Failing process: " + code(alert.process(), LINE_BYTES),
        "- Severity: " + alert.severity().word() + ", category " + prose(alert.category()),
        "- State: "
            + alert.orchState().wire()
            + ", environment "
            + code(alert.environment(), NAME_BYTES)
            + GroupWords.partial(alert));
  }

  private static String devices(List<Device> devices) {
    if (devices.isEmpty()) {
      return "none named";
    }
    String named =
        devices.stream()
            .limit(DEVICES_SHOWN)
            .map(WebexMessage::device)
            .collect(Collectors.joining(", "));
    return devices.size() <= DEVICES_SHOWN
        ? named
        : named
            + String.format(Locale.ROOT, ", … showing %,d of %,d", DEVICES_SHOWN, devices.size());
  }

  private static String device(Device device) {
    String tid = code(device.tid().value(), NAME_BYTES);
    return device
        .managementAddress()
        .map(address -> tid + " at " + code(address, NAME_BYTES))
        .orElse(tid + " without address");
  }

  private static String introduction(Alert alert) {
    return switch (alert.source()) {
      case CATEGORIZED -> "The error, as MDSO categorized it:";
      case MESSAGE -> "The message of the failed step:";
      case REASON -> "The reason that the resource gives:";
    };
  }

  /** The fenced error and, below the fence where it cannot be forged, the note of a cut. */
  private static String error(Alert alert, int limit) {
    HostileText whole = HostileText.fit(alert.errorText(), Place.FENCE, limit);
    if (!whole.isCut()) {
      return whole.text();
    }
    String rest =
        "; the whole text is in " + (alert.evidence().isPresent() ? "the evidence" : "MDSO");
    int longestNote =
        HostileText.utf8Length(
            "\n\n" + new HostileText("", whole.wholeBytes(), whole.wholeBytes()).cutNote() + rest);
    HostileText part = HostileText.fit(alert.errorText(), Place.FENCE, limit - longestNote);
    return part.text() + "\n\n" + part.cutNote() + rest;
  }

  private static String whereToLook(Alert alert) {
    return String.join(
        "\n",
        "- Trace: " + code(alert.telemetryTraceId().orElse(""), NAME_BYTES),
        "- MDSO trace: " + code(alert.orchestrationTraceId().orElse(""), NAME_BYTES),
        "- Evidence: " + code(alert.evidence().orElse(""), LINE_BYTES),
        "- Occurred: " + alert.occurredAt() + ", seen " + alert.seenAt());
  }

  private static String code(String text, int limit) {
    return HostileText.shown(text, Place.CODE, limit);
  }

  private static String prose(String text) {
    return HostileText.shown(text, Place.PROSE, LINE_BYTES);
  }
}
