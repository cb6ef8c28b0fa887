package io.orchscope.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.alert.HostileText.Place;
import java.util.List;
import java.util.Optional;

/**
 * An adaptive card: the same as the message, with something to click.
 *
 * <p>Shape: version 1.3, at most five buttons that open an address. Nothing is submitted: that
 * would need an address of ours that Webex can reach. Source: webex.md §1.
 */
final class AlertCard {

  private static final int MOST_BUTTONS = 5;
  private static final int VALUE_BYTES = 300;
  private static final int ERROR_BYTES = 2_000;

  /** The card as JSON; none where there is no address to open. */
  static Optional<String> of(GroupFacts group, Alert newest, Links links) {
    List<Links.Link> found = links.of(group, newest);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode card = JsonNodeFactory.instance.objectNode();
    card.put("type", "AdaptiveCard").put("version", "1.3");
    ArrayNode body = card.putArray("body");
    text(body, (group.defectCode() + " " + group.title()).strip(), VALUE_BYTES)
        .put("weight", "Bolder")
        .put("size", "Medium");
    ArrayNode facts = body.addObject().put("type", "FactSet").putArray("facts");
    fact(facts, "Product", group.productType());
    fact(facts, "Circuits", group.circuits() + ", " + group.failures() + " failures");
    fact(facts, "Newest", newest.circuit().value());
    fact(facts, "Severity", newest.severity().word());
    fact(facts, "State", group.state().word());
    text(body, newest.errorText(), ERROR_BYTES).put("fontType", "Monospace");
    ArrayNode actions = card.putArray("actions");
    found.stream()
        .limit(MOST_BUTTONS)
        .forEach(
            link ->
                actions
                    .addObject()
                    .put("type", "Action.OpenUrl")
                    .put("title", link.title())
                    .put("url", link.url()));
    return Optional.of(card.toString());
  }

  /** Cards read Markdown too, so what MDSO wrote is escaped as in a message. */
  private static ObjectNode text(ArrayNode body, String text, int limit) {
    return body.addObject()
        .put("type", "TextBlock")
        .put("text", HostileText.shown(text, Place.PROSE, limit))
        .put("wrap", true);
  }

  private static void fact(ArrayNode facts, String title, String value) {
    facts
        .addObject()
        .put("title", title)
        .put("value", HostileText.shown(value, Place.PROSE, VALUE_BYTES));
  }

  private AlertCard() {}
}
