package io.orchscope.report;

/** Java finds no font on this machine, so that it can draw nothing. */
public final class FontsMissingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FontsMissingException(Throwable cause) {
    super(
        "Charts need a font, and this machine has none; install fontconfig and fonts-dejavu-core.",
        cause);
  }
}
