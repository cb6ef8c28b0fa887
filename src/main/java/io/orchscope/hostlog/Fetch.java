package io.orchscope.hostlog;

import java.io.IOException;
import java.io.InputStream;

/** The way to MDSO's log archive, with MDSO's token. */
public interface Fetch {

  /** The archive has more bytes than may be read. */
  final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    public TooLargeException(String message) {
      super(message);
    }
  }

  /**
   * The body of the answer to a GET; the reader closes it.
   *
   * <p>Errors: {@link java.io.FileNotFoundException} where MDSO has no such address; {@link
   * java.net.SocketTimeoutException} when it does not answer in time; {@link TooLargeException};
   * any other {@link IOException} when it cannot be asked, its message for people.
   *
   * @param path {@code /logarchive/api/v1/logs}
   * @param query encoded, without the question mark
   */
  InputStream get(String path, String query) throws IOException;
}
