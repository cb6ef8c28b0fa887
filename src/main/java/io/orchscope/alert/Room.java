package io.orchscope.alert;

import io.orchscope.defect.Severity;

/**
 * A Webex room and what is worth telling there.
 *
 * @param id Webex's, as {@code GET /v1/rooms} lists it
 * @param title the operator's name for it
 * @param minSeverity the least severity that is told
 */
public record Room(String id, String title, Severity minSeverity) {

  /** Whether a severity reaches the least that is told here. */
  public boolean wants(Severity severity) {
    return severity.compareTo(minSeverity) <= 0;
  }
}
