package io.orchscope.cli;

import io.orchscope.evidence.Durability;
import io.orchscope.evidence.LogPrune;
import io.orchscope.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The logs of MDSO's hosts, purged as the settings say. */
final class LogPurge {

  /** What removes them, or only counts. */
  static LogPrune of(Settings settings, boolean trial) {
    Path root = Path.of(settings.text("logs.root"));
    Durability durability = settings.flag("evidence.fsync") ? Durability.FSYNC : Durability.NONE;
    return trial ? LogPrune.trial(root) : LogPrune.of(root, durability);
  }

  /** Those that are too old or too much. */
  static LogPrune.Pruned byAge(Settings settings, Optional<Instant> typed, boolean trial) {
    Optional<Instant> before =
        typed.or(() -> settings.keeping("logs.keep-for").map(Clock.systemUTC().instant()::minus));
    long most = (long) settings.count("logs.keep-megabytes") << 20;
    return of(settings, trial).run(new LogPrune.Limits(before, Optional.of(most)), () -> true);
  }

  private LogPurge() {}
}
