package io.orchscope.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what is posted to Webex, as JSON or as a multipart form with a file. */
final class WebexForm {

  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"");

  /** The fields of the message; files are named in the list {@code files}. None if unreadable. */
  static Optional<JsonNode> read(Call call) {
    Matcher boundary = BOUNDARY.matcher(call.header("content-type"));
    if (call.header("content-type").startsWith("multipart/form-data") && boundary.find()) {
      return Optional.of(form(call, boundary.group(1)));
    }
    try {
      JsonNode body = Wire.JSON.readTree(call.text());
      return Optional.of(body).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static ObjectNode form(Call call, String boundary) {
    ObjectNode fields = Wire.object();
    String body = new String(call.body(), StandardCharsets.ISO_8859_1);
    for (String part : body.split(Pattern.quote("--" + boundary), -1)) {
      int blank = part.indexOf("\r\n\r\n");
      Matcher name = NAME.matcher(part);
      if (blank < 0 || !name.find()) {
        continue;
      }
      Matcher file = FILE.matcher(part.substring(0, blank));
      if (file.find()) {
        fields.withArray(name.group(1)).add(file.group(1));
      } else {
        String value = part.substring(blank + 4).replaceFirst("\r\n\\z", "");
        fields.put(name.group(1), utf8(value));
      }
    }
    return fields;
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private WebexForm() {}
}
