package io.orchscope.defect;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;

/**
 * The name of a class of errors, {@code DE-1041}.
 *
 * <p>Ordered by number, not by text, so that DE-10000 comes after DE-9999.
 */
public record DefectCode(int number) implements Comparable<DefectCode> {

  /** As the old monitor ordered them: DE-10000 before DE-9999. */
  public static final Comparator<DefectCode> BY_TEXT = Comparator.comparing(DefectCode::toString);

  private static final String PREFIX = "DE-";

  /** Errors: {@link IllegalArgumentException} unless it is {@code DE-} and four to nine digits. */
  @JsonCreator
  public static DefectCode of(String text) {
    if (!text.matches("DE-[0-9]{4,9}")) {
      throw new IllegalArgumentException("'" + text + "' is not a defect code such as DE-1041.");
    }
    return new DefectCode(Integer.parseInt(text.substring(PREFIX.length())));
  }

  @Override
  public int compareTo(DefectCode other) {
    return Integer.compare(number, other.number);
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + "%04d".formatted(number);
  }
}
