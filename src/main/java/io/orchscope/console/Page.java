package io.orchscope.console;

/** One address of the page or the API. */
@FunctionalInterface
public interface Page {

  /** Errors: none; what cannot be answered is a {@link Reply} that says why. */
  Reply answer(Request request, Visitor visitor);
}
