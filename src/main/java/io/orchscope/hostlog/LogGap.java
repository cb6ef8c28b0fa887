package io.orchscope.hostlog;

import io.orchscope.secret.SecretMask;
import java.util.Locale;

/**
 * Something that should be there and is not.
 *
 * @param host by its name; empty where no single host is to blame
 * @param what is missing, for people: {@code plan logs}, a file's name, {@code RA logs of
 *     ABCDTXAB1CW.EXAMPLE.COM}
 * @param explanation what the host or the library said, or empty
 */
public record LogGap(String host, String what, Reason reason, String explanation) {

  /** What hosts say of their faults is kept and shown; it is masked here. */
  public LogGap {
    what = SecretMask.textWithoutSecrets(what);
    explanation = SecretMask.textWithoutSecrets(explanation);
  }

  /** Why. */
  public enum Reason {
    /** The host does not answer. */
    UNREACHABLE,
    /** It does not let us in. */
    KEY_REFUSED,
    /** It is not who it was, or nobody has said who it is. */
    HOST_KEY_UNKNOWN,
    TIMED_OUT,
    /** The connection broke while a log was read. */
    BROKE_OFF,
    /** The time for this circuit is up. */
    OUT_OF_TIME,
    /** The bytes for this circuit are used up. */
    TOO_MUCH,
    /** All who answered have no such log. */
    NOT_FOUND,
    /** It is there and we may not read it, or it is no log: a folder, a device, garbage. */
    NOT_READABLE,
    /** The orchestration has not ended, and goes on logging. */
    STILL_RUNNING,
    /** What would say where to look (Beorn, a network function) does not. */
    NOT_KNOWN;

    /** The word in manifests. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether another try may bring it. */
    public boolean mayPass() {
      return switch (this) {
        case UNREACHABLE,
            KEY_REFUSED,
            HOST_KEY_UNKNOWN,
            TIMED_OUT,
            BROKE_OFF,
            OUT_OF_TIME,
            STILL_RUNNING ->
            true;
        case TOO_MUCH, NOT_FOUND, NOT_READABLE, NOT_KNOWN -> false;
      };
    }
  }
}
