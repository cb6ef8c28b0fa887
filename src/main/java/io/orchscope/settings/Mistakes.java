package io.orchscope.settings;

import java.util.ArrayList;
import java.util.List;

/** Collects the mistakes of one reading, so that an operator sees all of them at once. */
public final class Mistakes {

  private final List<Mistake> found = new ArrayList<>();

  public void add(String file, String place, String reason, String remedy) {
    found.add(new Mistake(file, place, reason, remedy));
  }

  public void addAll(List<Mistake> more) {
    found.addAll(more);
  }

  public List<Mistake> found() {
    return List.copyOf(found);
  }

  /** Ends the reading. Errors: {@link InvalidFileException} with everything that was found. */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidFileException(found);
    }
  }
}
