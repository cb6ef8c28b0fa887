package io.orchscope.console;

/** Takes a form and shows the page that says what came of it. */
public final class FormPage implements Page {

  private final Views views;
  private final Change change;

  public FormPage(Views views, Change change) {
    this.views = views;
    this.change = change;
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    Changed changed = change.apply(request, visitor);
    return changed.isDone()
        ? Reply.seeOther(changed.back() + "?said=" + Words.encoded(changed.sentence()))
        : views.refusal(changed.status(), changed.title(), changed.sentence(), visitor);
  }
}
