package io.orchscope.step;

/** Another process is at work on the logs of an attempt. */
final class FolderTakenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FolderTakenException(String evidence) {
    super("Another process is at work on the logs of " + evidence);
  }
}
