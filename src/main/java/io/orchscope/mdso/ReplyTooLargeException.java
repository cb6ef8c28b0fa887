package io.orchscope.mdso;

import java.io.IOException;

/** A neighbour's reply is larger than memory is meant to bear; asking again will not help. */
public final class ReplyTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  /** A reply that is refused, with the remedy. */
  public ReplyTooLargeException(String what, long mostBytes) {
    super(
        "%s more than http.largest-reply-megabytes = %d; raise it, and the heap (-Xmx) with it."
            .formatted(what, mostBytes >> 20));
  }
}
