package io.orchscope.console;

/** A text and the part of it that a pattern has matched. */
public record Highlight(String before, String matched, String after) {

  /** The text with its first occurrence of the part; the whole text before where there is none. */
  static Highlight of(String text, String part) {
    int at = part.isEmpty() ? -1 : text.indexOf(part);
    return at < 0
        ? new Highlight(text, "", "")
        : new Highlight(text.substring(0, at), part, text.substring(at + part.length()));
  }
}
