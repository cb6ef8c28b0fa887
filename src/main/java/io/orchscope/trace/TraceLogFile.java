package io.orchscope.trace;

import java.io.IOException;
import java.util.Optional;

/** A single TraceLog as the evidence keeps it, byte for byte as MDSO sent it. */
public final class TraceLogFile {

  private TraceLogFile() {}

  /** The trace it records; none when the bytes are no JSON object. */
  public static Optional<OrchestrationTrace> read(byte[] bytes) {
    try (JsonCursor json = JsonCursor.open(bytes)) {
      return json.isAtObject()
          ? Optional.of(new TraceLogReader(json).read().trace())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
