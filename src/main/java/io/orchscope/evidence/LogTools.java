package io.orchscope.evidence;

import java.time.Clock;

/** What an archive of logs works with. */
record LogTools(LogForm form, LineMask mask, Clock clock, LogDisk disk, LogTuning tuning) {}
