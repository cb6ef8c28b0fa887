package io.orchscope.hostlog;

import java.io.InputStream;
import java.time.Instant;

/**
 * The records of an adapter's log that are about a device; they have been read already.
 *
 * @param packed as {@link Excerpt#end} gave it
 */
record ExcerptLog(LogOrigin origin, Instant modifiedAt, byte[] packed) implements FoundLog {

  @Override
  public boolean isResumable() {
    return false;
  }

  @Override
  public InputStream open(long offset) {
    return Excerpt.text(packed);
  }
}
