package io.orchscope.hostlog;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * The files of one host, to look at and to read. Safe for any number of threads.
 *
 * <p>Errors: {@link HostFault}; {@link OutOfBudgetException} where a budget is given.
 */
interface HostFiles extends Closeable {

  /**
   * Makes sure that there is what hosts logged in a time; only an archive must be fetched for it.
   */
  default void prepare(Instant from, Instant to, LogBudget budget) throws IOException {}

  /** Whether there are no folders to go by, only one list of all files. */
  default boolean isFlat() {
    return false;
  }

  /**
   * The regular files and the folders in a folder; of very many files the newest.
   *
   * @param folder its path; empty text for the root
   */
  List<HostFile> list(String folder, LogBudget budget) throws IOException;

  /** A regular file as it is now. Errors: NOT_FOUND; NOT_READABLE when it is something else. */
  HostFile stat(HostFile file) throws IOException;

  OpenFile open(HostFile file) throws IOException;

  /** Errors: none; what cannot be closed is left. */
  @Override
  void close();
}
