package io.orchscope.cli;

/** What the program's exit code says. */
final class Exit {

  static final int OK = 0;

  /** One of the operator's files, or what was typed, is wrong. */
  static final int OUR_FILES = 1;

  /** A neighbour refused or did not answer. */
  static final int NEIGHBOUR = 2;

  static final int BUG = 3;

  private Exit() {}
}
