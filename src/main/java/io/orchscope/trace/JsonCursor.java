package io.orchscope.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A JSON document in bytes, walked once from front to back, without a tree and without a copy.
 *
 * <p>Every reading method leaves the cursor at the end of the value that it read. Errors: a type
 * that was not expected is read as well as it can be; bytes that are not JSON are an {@link
 * IOException}.
 */
final class JsonCursor implements Closeable {

  /** Names come from a neighbour, so that none of them is kept for the life of the process. */
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private static final int LONGEST_NUMBER = 40;

  private final byte[] bytes;
  private final JsonParser parser;

  private JsonCursor(byte[] bytes, JsonParser parser) {
    this.bytes = bytes;
    this.parser = parser;
  }

  /** A cursor at the first value of the document, or at its end when it has none. */
  static JsonCursor open(byte[] bytes) throws IOException {
    JsonCursor cursor = new JsonCursor(bytes, JSON.createParser(bytes));
    cursor.parser.nextToken();
    if (cursor.parser.hasCurrentToken() && cursor.here() < 0) {
      throw new IOException("Only UTF-8 has places that count bytes.");
    }
    return cursor;
  }

  /** What is done with one member of an object; it reads or skips the value. */
  @FunctionalInterface
  interface OnField {
    void read(String name) throws IOException;
  }

  /** What is done with one element of an array; it reads or skips the value. */
  @FunctionalInterface
  interface OnElement {
    void read(int index) throws IOException;
  }

  boolean isAtObject() {
    return parser.hasToken(JsonToken.START_OBJECT);
  }

  boolean isAtArray() {
    return parser.hasToken(JsonToken.START_ARRAY);
  }

  boolean isEmpty() {
    return !parser.hasCurrentToken();
  }

  /** Whether nothing but blanks follows. */
  boolean isLast() throws IOException {
    return parser.nextToken() == null;
  }

  void eachField(OnField visitor) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      visitor.read(name);
    }
  }

  void eachElement(OnElement visitor) throws IOException {
    for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
      visitor.read(index);
    }
  }

  void skip() throws IOException {
    parser.skipChildren();
  }

  /** The value as text: null and false are nothing, an object or array is its JSON. */
  String text() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL, VALUE_FALSE -> "";
      case START_OBJECT, START_ARRAY -> {
        int start = here();
        parser.skipChildren();
        yield new String(bytes, start, end() - start, StandardCharsets.UTF_8);
      }
      default -> parser.getText();
    };
  }

  /** The value as a number, also where it is a number in quotation marks. */
  OptionalDouble number() throws IOException {
    String text = text().strip();
    if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
      return OptionalDouble.empty();
    }
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** Where the value begins, counted in bytes. */
  int here() {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  /** The bytes from there to the end of the value that was just read. */
  byte[] sliceFrom(int start) {
    return Arrays.copyOfRange(bytes, start, end());
  }

  private int end() {
    return (int) parser.currentLocation().getByteOffset();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
