package io.orchscope.hostlog;

import java.io.IOException;

/** A file is not what it was when its folder was listed. */
final class RotatedException extends IOException {

  private static final long serialVersionUID = 1L;

  RotatedException(HostFile file) {
    super(file.path() + " was rotated while it was read");
  }
}
