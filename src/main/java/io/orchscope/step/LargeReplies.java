package io.orchscope.step;

import io.orchscope.mdso.ReplyTooLargeException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Lets few circuits have large replies in memory at the same time, since what is read for a circuit
 * stays there until it is decided.
 *
 * <p>Units: bytes. A circuit whose replies are small never waits. One that has its turn keeps it to
 * its end, so that nobody waits for another while keeping a third from going on.
 */
public final class LargeReplies {

  /** Up to here a reply is like any other. */
  public static final int SMALL = 1 << 20;

  /** Of the heap, what one circuit's largest replies may take with all that is made of them. */
  private static final int SHARES = 16;

  /** Of a circuit's replies together, in largest ones. */
  private static final int MOST_TOGETHER = 4;

  private final long mostBytes;
  private final Semaphore turns;
  private final Semaphore waiting;
  private final Semaphore others = new Semaphore(1, true);
  private final Map<String, Long> inMemory = new ConcurrentHashMap<>();

  /**
   * Turns for as many circuits as the heap bears.
   *
   * @param mostBytes of a reply
   * @param callsAtOnce of which no more than half wait for a turn, so that those that have one can
   *     call
   */
  public LargeReplies(long heapBytes, long mostBytes, int callsAtOnce) {
    this.mostBytes = mostBytes;
    this.turns = new Semaphore((int) Math.max(1, heapBytes / (SHARES * mostBytes)), true);
    this.waiting = new Semaphore(callsAtOnce / 2);
  }

  /** The most that one reply may have. */
  public long mostBytes() {
    return mostBytes;
  }

  /**
   * Waits for the turn of a circuit; one that has it goes on at once.
   *
   * <p>Errors: {@link ReplyTooLargeException} when its replies together are too large; an {@link
   * IOException} when too many wait, so that it is asked again later.
   *
   * @param circuit a name of its work; empty for a reply that is no circuit's
   */
  public void enter(String circuit) throws IOException {
    if (circuit.isEmpty()) {
      await(others);
    } else if (!inMemory.containsKey(circuit)) {
      awaitTurn();
      inMemory.put(circuit, 0L);
    } else if (inMemory.getOrDefault(circuit, 0L) > MOST_TOGETHER * mostBytes) {
      throw new ReplyTooLargeException("The replies about one circuit together are", mostBytes);
    }
  }

  /** Takes note that a reply was read, of a circuit that has its turn or of nobody. */
  public void hasRead(String circuit, long bytes) {
    if (circuit.isEmpty()) {
      others.release();
    } else {
      inMemory.computeIfPresent(circuit, (name, before) -> before + bytes);
    }
  }

  /** The circuit is decided, or given up: the next one has its turn. */
  public void leave(String circuit) {
    if (inMemory.remove(circuit) != null) {
      turns.release();
    }
  }

  private void awaitTurn() throws IOException {
    if (turns.tryAcquire()) {
      return;
    }
    if (!waiting.tryAcquire()) {
      throw new IOException("Too many large replies come at the same time.");
    }
    try {
      await(turns);
    } finally {
      waiting.release();
    }
  }

  private static void await(Semaphore permits) throws InterruptedIOException {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while other large replies were read.");
    }
  }
}
