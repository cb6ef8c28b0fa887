package io.orchscope.hostlog;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files and folders of one folder; of more than {@value #MOST} those that were changed last. */
final class NewestFiles {

  static final int MOST = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(NewestFiles.class);

  private final String folder;
  private final PriorityQueue<HostFile> files =
      new PriorityQueue<>(
          Comparator.comparing(HostFile::isFolder).thenComparingLong(HostFile::modified));
  private boolean isCut;

  NewestFiles(String folder) {
    this.folder = folder;
  }

  void add(HostFile file) {
    files.add(file);
    if (files.size() > MOST) {
      files.remove();
      isCut = true;
    }
  }

  List<HostFile> list() {
    if (isCut) {
      LOG.warn(
          "Only the newest files of a large folder are seen. folder={} files={}", folder, MOST);
    }
    return List.copyOf(files);
  }
}
