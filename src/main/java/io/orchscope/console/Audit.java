package io.orchscope.console;

/** Who changed what; every change is written down. */
@FunctionalInterface
public interface Audit {

  /**
   * Takes note of a change.
   *
   * @param verb such as {@code mute}
   * @param what it was done to, {@code group 1f2e}
   * @param note in the words of who did it
   */
  void changed(Visitor visitor, String verb, String what, String note);
}
