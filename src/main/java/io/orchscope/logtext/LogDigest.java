package io.orchscope.logtext;

import java.util.List;
import java.util.Optional;

/**
 * What a log says, in short.
 *
 * @param remarks in the order of their lines; of each kind the first and the last where there are
 *     too many
 * @param lines with the last, if it has no end
 * @param bytes of the whole log
 * @param isCut whether there may be more to say: remarks were left out, or a line was too long to
 *     be read to its end
 * @param unfinished the process that began last and of which the log does not tell that it was
 *     completed
 */
public record LogDigest(
    List<Remark> remarks, long lines, long bytes, boolean isCut, Optional<String> unfinished) {

  public LogDigest {
    remarks = List.copyOf(remarks);
  }
}
