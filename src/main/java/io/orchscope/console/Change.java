package io.orchscope.console;

/** Something that an operator may do; the page's forms and the API ask for it in the same words. */
@FunctionalInterface
public interface Change {

  /** Does it, or answers why not; the path names what it is done to. */
  Changed apply(Request request, Visitor visitor);
}
