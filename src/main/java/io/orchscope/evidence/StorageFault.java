package io.orchscope.evidence;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The disk did not take or give what it should: full, not writable, gone. */
public final class StorageFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StorageFault(String what, Path where, IOException cause) {
    super(what + " in " + where + ": " + reason(cause) + ".", cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException denied) {
      return "access to " + denied.getFile() + " is denied";
    }
    if (cause instanceof FileAlreadyExistsException there) {
      return there.getFile() + " is there already";
    }
    if (cause instanceof FileSystemException fault && fault.getReason() != null) {
      return fault.getFile() + " says '" + fault.getReason() + "'";
    }
    return cause.getClass().getSimpleName() + " says '" + cause.getMessage() + "'";
  }
}
