package io.orchscope.mask;

/** A part of an error's text. */
public sealed interface Piece {

  /** How it reads in the text. */
  String text();

  /** Words that stay. */
  record Words(String text) implements Piece {}

  /** What stands for something of a kind. */
  record Slot(Kind kind, String text) implements Piece {}

  /** What a slot stands for. */
  enum Kind {
    /** A list, a dictionary or a part of XML, closed or cut off. */
    DUMP,
    URL,
    PATH,
    NAME,
    TIME,
    NUMBER,
    /** Anything up to the end of a sentence or of the text. */
    REST
  }
}
