package io.orchscope.simulator;

import java.util.function.Consumer;

/**
 * What goes wrong with a host of logs on purpose.
 *
 * @param down nobody listens; who is connected is cut off
 * @param refusesKey nobody is let in; who is in may stay
 * @param bytesPerSecond how fast files are read, all readers together; 0 as fast as possible
 * @param dropAfterBytes a connection breaks when so many bytes of files have been read over it; 0
 *     never
 */
public record LogHostFaults(
    boolean down, boolean refusesKey, long bytesPerSecond, long dropAfterBytes) {

  public static LogHostFaults none() {
    return new Draft().finish();
  }

  /** These faults but for what is written into the draft. */
  public LogHostFaults with(Consumer<Draft> changes) {
    Draft draft = new Draft();
    draft.down = down;
    draft.refusesKey = refusesKey;
    draft.bytesPerSecond = bytesPerSecond;
    draft.dropAfterBytes = dropAfterBytes;
    changes.accept(draft);
    return draft.finish();
  }

  /** Faults that are still being written down; see the record for what each one means. */
  public static final class Draft {
    public boolean down;
    public boolean refusesKey;
    public long bytesPerSecond;
    public long dropAfterBytes;

    private Draft() {}

    private LogHostFaults finish() {
      return new LogHostFaults(down, refusesKey, bytesPerSecond, dropAfterBytes);
    }
  }
}
