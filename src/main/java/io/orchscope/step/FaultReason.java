package io.orchscope.step;

import java.util.Locale;

/** Why a neighbour's answer was none; a closed set, for metrics and dead letters. */
enum FaultReason {
  TIMEOUT,
  REFUSED,
  /** The proxy in front of a remote system did not let the call through. */
  PROXY,
  UNAUTHORISED,
  RATE_LIMITED,
  CLIENT,
  SERVER,
  GARBLED,
  TOO_LARGE,
  /** A computation about one circuit did not end within its time. */
  TOO_COMPLEX,
  STORAGE,
  /** Another process does the same. */
  TAKEN,
  /** Not a fault of a neighbour: a bug of ours. */
  INTERNAL;

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
