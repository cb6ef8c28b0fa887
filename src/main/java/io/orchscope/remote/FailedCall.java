package io.orchscope.remote;

import java.util.Optional;

/**
 * Note on a failure that says which remote system was being called; a suppressed exception, so that
 * the failure keeps its type and a stack trace shows the note.
 */
public final class FailedCall extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient RemoteSystem system;

  private FailedCall(RemoteSystem system) {
    super("during a call of " + system.title(), null, false, false);
    this.system = system;
  }

  /** Notes the system on a failure, once. */
  public static void note(Throwable failure, RemoteSystem system) {
    if (systemOf(failure).isEmpty()) {
      failure.addSuppressed(new FailedCall(system));
    }
  }

  /** The system that was being called when the failure, or one of its causes, happened. */
  public static Optional<RemoteSystem> systemOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      for (Throwable note : cause.getSuppressed()) {
        if (note instanceof FailedCall call) {
          return Optional.of(call.system);
        }
      }
    }
    return Optional.empty();
  }
}
