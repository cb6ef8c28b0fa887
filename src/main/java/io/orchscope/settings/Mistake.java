package io.orchscope.settings;

/**
 * Something in an operator's file that is not right.
 *
 * @param file the file as the operator named it, {@code config/products.yaml}
 * @param place line and column, or the name of the part: {@code line 12, column 5}
 * @param reason what is wrong, without a full stop
 * @param remedy what to do about it, as a full sentence
 */
public record Mistake(String file, String place, String reason, String remedy) {

  @Override
  public String toString() {
    return file + ": " + place + ": " + reason + ". " + remedy;
  }
}
