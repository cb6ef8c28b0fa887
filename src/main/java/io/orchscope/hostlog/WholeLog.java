package io.orchscope.hostlog;

import io.orchscope.hostlog.LogGap.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** A log that belongs to a circuit as a whole. */
record WholeLog(LogOrigin origin, HostFiles files, HostFile file, LogBudget budget)
    implements FoundLog {

  @Override
  public Instant modifiedAt() {
    return file.modifiedAt();
  }

  @Override
  public boolean isResumable() {
    return !file.isPacked();
  }

  /** {@inheritDoc} Of a compressed log the budget pays for its text, which is what is kept. */
  @Override
  public InputStream open(long offset) throws IOException {
    HostFile now = files.stat(file);
    if (!file.isPacked()) {
      if (now.size() < offset) {
        throw new HostFault(
            Reason.NOT_READABLE, file.path() + " has " + now.size() + " bytes only, not " + offset);
      }
      return new FileStream(files.open(file), offset, Allowance.all(budget));
    }
    InputStream text = TextFile.text(files, file, Allowance.time(budget));
    return new Paid(text, budget);
  }

  /** Text that is paid for when it is unpacked. */
  private static final class Paid extends FilterInputStream {

    private final LogBudget budget;

    private Paid(InputStream text, LogBudget budget) {
      super(text);
      this.budget = budget;
    }

    @Override
    public int read() throws IOException {
      int letter = super.read();
      budget.draw(letter < 0 ? 0 : 1);
      return letter;
    }

    @Override
    public int read(byte[] into, int start, int length) throws IOException {
      int wanted = (int) Math.min(length, Math.max(1, budget.bytesLeft()));
      int count = super.read(into, start, wanted);
      budget.draw(Math.max(0, count));
      return count;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
