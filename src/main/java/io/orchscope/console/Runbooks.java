package io.orchscope.console;

import io.orchscope.alert.Links;
import io.orchscope.defect.DefectRule;
import java.util.Optional;

/**
 * What to do about a failure: where its rule says, or else where runbooks are.
 *
 * @param links where runbooks are, by code and product
 */
public record Runbooks(Links links) {

  /** The address; none where nobody has written one. */
  Optional<String> of(Optional<DefectRule> rule, String code, String product) {
    return rule.flatMap(DefectRule::runbook)
        .or(() -> links.ofRunbook(code, product).map(Links.Link::url));
  }
}
