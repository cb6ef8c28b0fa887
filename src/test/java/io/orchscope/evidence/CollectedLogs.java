package io.orchscope.evidence;

import io.orchscope.hostlog.LogGap;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Logs of circuits, for tests of what shows them. */
public final class CollectedLogs {

  private final Path root;

  /** They are under this root, in our own layout. */
  public CollectedLogs(Path root) {
    this.root = root;
  }

  /** All there are: {@code text} in the log of a plan script. */
  public void complete(String circuit, Instant at) {
    collect(circuit, at, List.of());
  }

  /** The same, while a host does not answer. */
  public void incomplete(String circuit, Instant at) {
    LogGap gap = new LogGap("plan-b", "plan logs", LogGap.Reason.UNREACHABLE, "no route to host");
    collect(circuit, at, List.of(gap));
  }

  private void collect(String circuit, Instant at, List<LogGap> gaps) {
    String attempt = "service_mapper/" + SafeName.of(circuit) + "/20240301T140619Z-631edc74";
    LogArchive archive =
        new LogArchive(
            root,
            LogForm.of(LogLayout.OWN),
            () -> LineMask.NOTHING,
            Clock.fixed(at, ZoneOffset.UTC),
            Durability.NONE);
    try (LogFolder folder = archive.open(Collection.subject(circuit, attempt)).orElseThrow()) {
      folder.keep(HostLog.plan("plan-a", "log", "text\n"), Collection.budget());
      folder.end(gaps, 1, false);
    }
  }
}
