package io.orchscope.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.function.LongSupplier;

/**
 * State of one open connection: what the server waits for, and until when.
 *
 * <p>Shape: thread-safe; the event loop changes it, the acceptor and the timer read it. Units:
 * nanoseconds of a monotonic clock.
 */
final class Connection {

  /** What the server waits for. */
  enum Phase {
    /** The header of the next request. */
    HEADER,
    /** The body of a request. */
    BODY,
    /** Its own answer, or that the client takes it. */
    ANSWER,
    /** That the client closes, after a refusal. */
    CLOSE
  }

  private final Channel channel;
  private final String address;
  private final ServerLimits limits;
  private final LongSupplier nanos;

  private Phase phase = Phase.HEADER;
  private long since;
  private int unanswered;
  private boolean hasBeenAnswered;
  private long pendingBytes;

  Connection(Channel channel, String address, ServerLimits limits, LongSupplier nanos) {
    this.channel = channel;
    this.address = address;
    this.limits = limits;
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  Channel channel() {
    return channel;
  }

  String address() {
    return address;
  }

  synchronized void headerRead() {
    unanswered++;
    enter(Phase.BODY);
  }

  synchronized void requestRead() {
    enter(unanswered > 0 ? Phase.ANSWER : Phase.HEADER);
  }

  /** All bytes of an answer have left. */
  synchronized void answered() {
    unanswered--;
    hasBeenAnswered = true;
    if (phase == Phase.ANSWER && unanswered == 0) {
      enter(Phase.HEADER);
    }
  }

  synchronized void refused() {
    enter(Phase.CLOSE);
  }

  synchronized int unanswered() {
    return unanswered;
  }

  /** Whether closing it interrupts no answer. */
  synchronized boolean isWaiting() {
    return phase != Phase.ANSWER;
  }

  synchronized boolean hasBeenAnswered() {
    return hasBeenAnswered;
  }

  synchronized long since() {
    return since;
  }

  /** Whether the client has taken longer than it may. */
  synchronized boolean isOverdue() {
    long waited = nanos.getAsLong() - since;
    return switch (phase) {
      case HEADER -> waited > (hasBeenAnswered ? limits.idleTime() : limits.headerTime()).toNanos();
      case BODY -> waited > limits.bodyTime().toNanos();
      case ANSWER -> isStuck();
      case CLOSE -> waited > limits.headerTime().dividedBy(10).toNanos();
    };
  }

  /** Whether bytes of an answer wait to leave, and none has left for the idle time. */
  private boolean isStuck() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    long pending = buffer == null ? 0 : buffer.totalPendingWriteBytes();
    if (pending == 0 || pending != pendingBytes) {
      pendingBytes = pending;
      since = nanos.getAsLong();
      return false;
    }
    return nanos.getAsLong() - since > limits.idleTime().toNanos();
  }

  private void enter(Phase next) {
    phase = next;
    since = nanos.getAsLong();
    pendingBytes = 0;
  }
}
