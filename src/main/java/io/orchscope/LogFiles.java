package io.orchscope;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.LoggerFactory;

/** Files that the log is written to, as config/logback.xml names them. */
final class LogFiles {

  /** Folders of the files, each once; none where the log goes to the terminal alone. */
  static Set<Path> folders() {
    Set<Path> folders = new TreeSet<>();
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLoggerList().forEach(logger -> add(logger, folders));
    }
    return folders;
  }

  /** An appender may stand before another, which writes. */
  private static void add(AppenderAttachable<ILoggingEvent> parent, Set<Path> folders) {
    Iterator<Appender<ILoggingEvent>> appenders = parent.iteratorForAppenders();
    while (appenders.hasNext()) {
      Appender<ILoggingEvent> appender = appenders.next();
      if (appender instanceof FileAppender<ILoggingEvent> file && file.getFile() != null) {
        Path folder = Path.of(file.getFile()).toAbsolutePath().getParent();
        if (folder != null) {
          folders.add(folder);
        }
      } else if (appender instanceof AppenderAttachable<?>) {
        @SuppressWarnings("unchecked") // what a logger writes to takes events of the log
        var nested = (AppenderAttachable<ILoggingEvent>) appender;
        add(nested, folders);
      }
    }
  }

  private LogFiles() {}
}
