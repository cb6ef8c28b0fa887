package io.orchscope.evidence;

import java.time.Clock;
import java.util.function.Supplier;

/** What an archive of logs works with. */
record LogTools(
    LogForm form, Supplier<LineMask> masks, Clock clock, LogDisk disk, LogTuning tuning) {}
