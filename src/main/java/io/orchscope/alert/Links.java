package io.orchscope.alert;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where people look further: addresses with words in braces, such as {@code {group}}, that are
 * filled in for each message.
 *
 * @param page of a group: {@code {group}}
 * @param trace in a trace viewer: {@code {trace}}
 * @param runbook of a defect code: {@code {code}}, {@code {product}}
 */
public record Links(String page, String trace, String runbook) {

  /** No addresses are known. */
  public static final Links NONE = new Links("", "", "");

  /** An address and what it is called. */
  public record Link(String title, String url) {}

  /** Those that are known, for a group and the newest of its alerts. */
  List<Link> of(GroupFacts group, Alert newest) {
    return filled(group, newest.telemetryTraceId());
  }

  /** Those that are known for a group alone. */
  List<Link> ofGroup(GroupFacts group) {
    return filled(group, Optional.empty());
  }

  /** The page of a group, where one is known. */
  Optional<String> ofGroup(String groupId) {
    List<Link> found = new ArrayList<>();
    add(found, "Group", page, Map.of("group", groupId));
    return found.stream().map(Link::url).findFirst();
  }

  /** The trace with an id, where a viewer is known. */
  public Optional<Link> ofTrace(String traceId) {
    List<Link> found = new ArrayList<>();
    add(found, "Trace", trace, Map.of("trace", traceId));
    return found.stream().findFirst();
  }

  /** What to do about a defect code, where runbooks are known. */
  public Optional<Link> ofRunbook(String defectCode, String productType) {
    List<Link> found = new ArrayList<>();
    add(found, "Runbook", runbook, Map.of("code", defectCode, "product", productType));
    return found.stream().findFirst();
  }

  private List<Link> filled(GroupFacts group, Optional<String> traceId) {
    Map<String, String> words =
        Map.of(
            "group", group.id(),
            "trace", traceId.orElse(""),
            "code", group.defectCode(),
            "product", group.productType());
    List<Link> found = new ArrayList<>();
    add(found, "Group", page, words);
    if (traceId.isPresent()) {
      add(found, "Trace", trace, words);
    }
    add(found, "Runbook", runbook, words);
    return found;
  }

  private static void add(
      List<Link> found, String title, String template, Map<String, String> words) {
    if (template.isBlank()) {
      return;
    }
    String url = template;
    for (Map.Entry<String, String> word : words.entrySet()) {
      url =
          url.replace(
              "{" + word.getKey() + "}",
              URLEncoder.encode(word.getValue(), StandardCharsets.UTF_8));
    }
    found.add(new Link(title, url));
  }
}
