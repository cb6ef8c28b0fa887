package io.orchscope.hostlog;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * A log that belongs to a circuit, as a host has it now; nothing of it has been copied yet.
 *
 * <p>Compressed logs are read as text: what {@link #open} gives is never compressed.
 */
public interface FoundLog {

  LogOrigin origin();

  /** When the host changed it last, on the host's clock. */
  Instant modifiedAt();

  /**
   * Whether {@link #open} begins at any offset of the same text, also tomorrow; an excerpt and what
   * is compressed are read from their beginning.
   */
  boolean isResumable();

  /**
   * The text from an offset on.
   *
   * <p>Units: bytes. Errors: {@link IOException} when the host does not give it; {@link
   * OutOfBudgetException}, also while it is read, when the circuit's budget is used up. The reader
   * closes it.
   *
   * @param offset 0 unless it is resumable
   */
  InputStream open(long offset) throws IOException;
}
