package io.orchscope.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import io.orchscope.settings.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Log file, and what it was rotated to, that only the user of this process may read.
 *
 * <p>A command without log files does not open it: it may be the file of a running {@code run}.
 */
public final class OwnerOnlyLog extends RollingFileAppender<ILoggingEvent> {

  /** System property: {@code no} for a command that logs to the terminal only. */
  public static final String TO_FILES = "orchscope.log-to-files";

  private final boolean writes = !"no".equals(System.getProperty(TO_FILES));

  @Override
  public void start() {
    if (writes) {
      super.start();
    }
  }

  @Override
  public void doAppend(ILoggingEvent event) {
    if (writes) {
      super.doAppend(event);
    }
  }

  @Override
  public void openFile(String name) throws IOException {
    Path file = Path.of(name).toAbsolutePath();
    Path folder = file.getParent();
    if (folder != null) {
      OwnerOnly.folder(folder);
      tightenRotated(folder, file);
    }
    OwnerOnly.file(file);
    super.openFile(name);
  }

  @Override
  public void rollover() {
    super.rollover();
    Path file = Path.of(getFile()).toAbsolutePath();
    Path folder = file.getParent();
    if (folder != null) {
      tightenRotated(folder, file);
    }
  }

  private void tightenRotated(Path folder, Path file) {
    String name = file.getFileName().toString();
    String stem = name.substring(0, Math.max(1, name.lastIndexOf('.') + 1));
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(rotated -> rotated.getFileName().toString().startsWith(stem))
          .forEach(OwnerOnly::tighten);
    } catch (IOException unreadable) {
      addWarn("The rotated logs in " + folder + " could not be looked at.", unreadable);
    }
  }
}
