package io.orchscope.evidence;

import io.orchscope.hostlog.LogKind;
import java.util.Locale;

/** What a kept text is. */
public enum ArtifactKind {
  /** The log of a plan script. */
  PLAN,
  /** The log of a resource adapter. */
  RA,
  /** MDSO's orchestration trace. */
  TRACE,
  /** What was said about the devices that carry the circuit. */
  TOPOLOGY;

  static ArtifactKind of(LogKind kind) {
    return kind == LogKind.PLAN ? PLAN : RA;
  }

  /** The word in manifests. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
