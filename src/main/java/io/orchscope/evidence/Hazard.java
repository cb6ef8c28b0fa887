package io.orchscope.evidence;

import java.io.IOException;

/** Who may let a step of writing fail: nobody, but for tests of disks that fill and plugs. */
@FunctionalInterface
interface Hazard {

  Hazard NONE = () -> {};

  /** Asked before each step. */
  void beforeAStep() throws IOException;
}
