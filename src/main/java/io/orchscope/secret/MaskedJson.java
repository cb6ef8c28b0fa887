package io.orchscope.secret;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A JSON document of another system without its secrets.
 *
 * <p>Shape: a document without secrets stays as it is, byte for byte. In another one {@value
 * SecretMask#MARK} stands for each secret, and blanks between values are gone. A value is secret
 * when its name says so ({@code "password": 12345}), when {@code "name"} beside {@code "value"}
 * says so, or as text. Units: time in proportion to the document. Errors: none; what is no JSON is
 * masked as text.
 */
public final class MaskedJson {

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private final JsonParser parser;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final JsonGenerator out;

  /** For each open object whether the value beside a name is secret. */
  private final Deque<Boolean> named = new ArrayDeque<>();

  private int depth;

  /** Depth of the outermost object or list with a secret name; 0 outside of any. */
  private int secretFrom;

  private boolean isChanged;

  private MaskedJson(byte[] document) throws IOException {
    parser = JSON.createParser(document);
    out = JSON.createGenerator(bytes);
  }

  /** The document without its secrets. */
  public static byte[] of(byte[] document) {
    try {
      MaskedJson masked = new MaskedJson(document);
      masked.copy();
      return masked.isChanged ? masked.bytes.toByteArray() : document;
    } catch (IOException noJson) {
      return SecretMask.textWithoutSecrets(new String(document, StandardCharsets.UTF_8))
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  private void copy() throws IOException {
    try (parser;
        out) {
      String name = "";
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_OBJECT -> {
            begin(name);
            named.push(false);
            out.writeStartObject();
          }
          case END_OBJECT -> {
            end();
            named.pop();
            out.writeEndObject();
          }
          case START_ARRAY -> {
            begin(name);
            out.writeStartArray();
          }
          case END_ARRAY -> {
            end();
            out.writeEndArray();
          }
          case FIELD_NAME -> {
            name = parser.currentName();
            String clean = SecretMask.textWithoutSecrets(name);
            isChanged |= !clean.equals(name);
            out.writeFieldName(clean);
          }
          case VALUE_STRING -> text(name);
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(name);
          default -> out.copyCurrentEvent(parser);
        }
      }
    }
  }

  /** All values of an object or a list with a secret name are secret, however deep they are. */
  private void begin(String name) {
    depth++;
    if (secretFrom == 0 && SecretWords.isSecretName(name)) {
      secretFrom = depth;
    }
  }

  private void end() {
    if (secretFrom == depth) {
      secretFrom = 0;
    }
    depth--;
  }

  private void text(String name) throws IOException {
    String text = parser.getText();
    if (isName(name) && SecretWords.isSecretName(text)) {
      named.pop();
      named.push(true);
    }
    boolean isSecret =
        (isSecret(name) || isLogin(name, text)) && !ValueForms.isNothing(text, 0, text.length());
    String clean = isSecret ? SecretMask.MARK : SecretMask.textWithoutSecrets(text);
    isChanged |= !clean.equals(text);
    out.writeString(clean);
  }

  private void number(String name) throws IOException {
    if (isSecret(name)) {
      isChanged = true;
      out.writeString(SecretMask.MARK);
    } else {
      out.copyCurrentEventExact(parser);
    }
  }

  private boolean isSecret(String name) {
    boolean isValue = name.equals("value") && !named.isEmpty() && named.peek();
    return isValue || secretFrom > 0 || SecretWords.isSecretName(name);
  }

  /** {@code "auth": "dXNlcjp4"} of configurations; {@code "auth": "basic"} is none. */
  private static boolean isLogin(String name, String text) {
    return name.equals("auth")
        && !SecretMask.textWithoutSecrets("auth=\"" + text.replace("\"", "") + "\"")
            .endsWith(text + "\"");
  }

  private boolean isName(String name) {
    return !named.isEmpty() && (name.equals("name") || name.equals("key"));
  }
}
