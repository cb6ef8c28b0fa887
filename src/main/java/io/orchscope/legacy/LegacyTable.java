package io.orchscope.legacy;

import java.util.List;

/**
 * A table as it was read.
 *
 * @param findings what is wrong with single cells
 */
public record LegacyTable(List<LegacyRow> rows, List<TableFinding> findings) {

  public LegacyTable {
    rows = List.copyOf(rows);
    findings = List.copyOf(findings);
  }
}
