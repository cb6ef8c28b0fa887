package io.orchscope.ledger;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Connections that only read: as many as there are readers at a time, a few kept for the next. */
final class ReadConnections {

  private static final int KEPT = 16;

  private final Deque<Handle> idle = new ArrayDeque<>();
  private boolean closed;

  /** Asks something by an idle connection, or by a new one. */
  <T> T ask(Supplier<Handle> opened, Store.Look<T> question) throws SQLException {
    Handle handle = taken();
    Handle reader = handle == null ? opened.get() : handle;
    boolean isSound = false;
    try {
      T answer = question.at(reader);
      isSound = true;
      return answer;
    } finally {
      giveBack(reader, isSound);
    }
  }

  private synchronized @Nullable Handle taken() {
    return idle.pollFirst();
  }

  private synchronized void giveBack(Handle reader, boolean isSound) {
    if (isSound && !closed && idle.size() < KEPT) {
      idle.addFirst(reader);
    } else {
      reader.close();
    }
  }

  synchronized void close() {
    closed = true;
    idle.forEach(Handle::close);
    idle.clear();
  }
}
