package io.orchscope.hostlog;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Files and folders of one folder; of more than {@value #MOST} those that were changed last. */
final class NewestFiles {

  static final int MOST = 100_000;

  private final PriorityQueue<HostFile> files =
      new PriorityQueue<>(
          Comparator.comparing(HostFile::isFolder).thenComparingLong(HostFile::modified));

  void add(HostFile file) {
    files.add(file);
    if (files.size() > MOST) {
      files.remove();
    }
  }

  List<HostFile> list() {
    return List.copyOf(files);
  }
}
