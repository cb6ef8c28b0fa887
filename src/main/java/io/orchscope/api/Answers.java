package io.orchscope.api;

import java.util.List;

/** A part of the API: some operations and what they look at. */
public sealed interface Answers permits Overviews, Groups, Circuits, Rules, Collecting, Reports {

  /** What can be asked. */
  List<Operation> operations();
}
