package io.orchscope.settings;

import java.util.List;
import java.util.stream.Collectors;

/** An operator's file cannot be used; carries file, place, reason and remedy of each mistake. */
public final class InvalidFileException extends RuntimeException {

  private final transient List<Mistake> mistakes;

  public InvalidFileException(List<Mistake> mistakes) {
    super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  public InvalidFileException(String file, String place, String reason, String remedy) {
    this(List.of(new Mistake(file, place, reason, remedy)));
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }
}
