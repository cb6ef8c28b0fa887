package io.orchscope.logtext;

import io.orchscope.logtext.Remark.Kind;
import java.util.LinkedHashSet;
import java.util.Set;

/** Goes through the lines of one log and keeps what they say. */
final class LogScan {

  private static final int MOST_UNFINISHED = 100;

  private final JunosErrors junos = new JunosErrors();
  private final StackTrace trace = new StackTrace();
  private final RemarkBox box = new RemarkBox();
  private final Set<String> unfinished = new LinkedHashSet<>();
  private LogLine lastStamped = LogLine.of("");
  private LogLine blockBegan = lastStamped;
  private long blockBeganAt;
  private boolean isCut;

  void line(long number, String raw) {
    line(number, raw, "\n");
  }

  /** The beginning of a line that is longer than can be read. */
  void lineThatGoesOn(long number, String raw) {
    isCut = true;
    line(number, raw, "");
  }

  /** What follows it, from which nothing is taken but what Junos says. */
  void restOfLine(String part) {
    for (String message : junos.accept(part)) {
      device(message);
    }
  }

  private void line(long number, String raw, String end) {
    LogLine line = LogLine.of(raw);
    lastStamped = line.hasStamp() ? line : lastStamped;
    boolean hasBlock = raw.contains("<xnm:error");
    if (hasBlock || junos.isOpen() || end.isEmpty()) {
      junos(number, line, end, hasBlock);
    }
    if (trace.isOpen()) {
      boolean isTaken = trace.takes(line);
      if (!trace.isOpen()) {
        box.add(trace.line(), trace.statement());
      }
      if (isTaken) {
        return;
      }
    }
    if (StackTrace.beginsIn(line)) {
      trace.begin(number, line);
      if (!trace.isOpen()) {
        box.add(number, trace.statement());
      }
      return;
    }
    Execution.begun(line.message()).ifPresent(this::begun);
    Execution.completed(line.message()).ifPresent(unfinished::remove);
    Statements.of(line)
        .filter(statement -> !hasBlock || statement.kind() == Kind.FAILURE)
        .ifPresent(statement -> box.add(number, statement));
  }

  LogDigest digest(long lines, long bytes) {
    if (trace.isOpen()) {
      trace.end();
      box.add(trace.line(), trace.statement());
    }
    for (String message : junos.end()) {
      device(message);
    }
    return new LogDigest(
        box.remarks(),
        lines,
        bytes,
        isCut || box.isCut(),
        unfinished.stream().reduce((before, last) -> last));
  }

  /** A line of a block belongs to the last that has a stamp, unless each has its own. */
  private void junos(long number, LogLine line, String end, boolean hasBlock) {
    if (!junos.isOpen()) {
      blockBegan = lastStamped;
      blockBeganAt = number;
    }
    for (String message : junos.accept((line.hasStamp() ? line.message() : line.raw()) + end)) {
      device(message);
    }
    if (hasBlock && junos.isOpen()) {
      blockBegan = lastStamped;
      blockBeganAt = number;
    }
  }

  private void device(String message) {
    box.add(blockBeganAt, Statement.of(Kind.DEVICE_ERROR, blockBegan, message));
  }

  private void begun(String process) {
    unfinished.remove(process);
    if (unfinished.size() < MOST_UNFINISHED) {
      unfinished.add(process);
    }
  }
}
