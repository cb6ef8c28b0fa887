package io.orchscope.api;

import io.orchscope.console.Change;
import io.orchscope.console.Changed;
import io.orchscope.console.Request;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Carries a change out in the same words as a form of the page. */
record Carried(Change change) implements Operation.Handler {

  @Override
  public Done answer(Operation.Given given) {
    Request asked = given.request();
    Map<String, List<String>> form =
        given.values().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
    Request same =
        new Request(
            asked.method(),
            asked.path().substring(Api.PREFIX.length()),
            Map.of(),
            form,
            asked.headers(),
            new byte[0]);
    Changed changed = change.apply(same, given.visitor());
    if (!changed.isDone()) {
      throw new Problem(changed.status(), changed.title(), changed.sentence(), Map.of());
    }
    return new Done(changed.sentence(), changed.polls());
  }
}
