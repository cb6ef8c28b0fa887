package io.orchscope.errortest;

import java.util.List;

/**
 * What was read from one source of logs, and from no other.
 *
 * @param source a folder or a device
 * @param messages of refused commits, in the order of the log
 */
public record LoggedMessages(String source, List<String> messages) {

  public LoggedMessages {
    messages = List.copyOf(messages);
  }
}
