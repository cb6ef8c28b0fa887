package io.orchscope.defect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;

/** What differs between two tables, rule by rule. */
public final class RulesDiff {

  private static final Map<String, Function<DefectRule, Object>> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put("pattern", DefectRule::written);
    PARTS.put("title", DefectRule::title);
    PARTS.put("category", DefectRule::category);
    PARTS.put("severity", rule -> rule.severity().word());
    PARTS.put("owner", DefectRule::owner);
    PARTS.put("runbook", rule -> rule.runbook().orElse("none"));
    PARTS.put("unproved", rule -> rule.unproved().orElse("no"));
    PARTS.put("examples", DefectRule::examples);
    PARTS.put("near-misses", DefectRule::nearMisses);
  }

  /** What happened to a rule. */
  public enum What {
    ADDED,
    REMOVED,
    /** Another code for the same pattern. */
    MOVED,
    CHANGED
  }

  /**
   * A difference.
   *
   * @param code in the new table, or in the old one for a rule that was removed
   * @param part that was changed; empty otherwise
   */
  public record Difference(DefectCode code, What what, String part, String before, String after) {}

  private RulesDiff() {}

  /** All differences, by code; nothing when only the order of the file or comments differ. */
  public static List<Difference> of(DefectRules before, DefectRules after) {
    Map<DefectCode, DefectRule> old = byCode(before);
    Map<DefectCode, DefectRule> now = byCode(after);
    Map<String, DefectCode> gone = new LinkedHashMap<>();
    old.forEach(
        (code, rule) -> {
          if (!now.containsKey(code)) {
            gone.put(rule.written(), code);
          }
        });
    List<Difference> found = new ArrayList<>();
    TreeSet<DefectCode> codes = new TreeSet<>(old.keySet());
    codes.addAll(now.keySet());
    for (DefectCode code : codes) {
      DefectRule was = old.get(code);
      DefectRule is = now.get(code);
      if (was != null && is != null) {
        found.addAll(changes(was, is));
      } else if (is != null) {
        DefectCode from = gone.remove(is.written());
        DefectRule moved = from == null ? null : old.get(from);
        if (moved == null) {
          found.add(new Difference(code, What.ADDED, "", "", is.written()));
        } else {
          found.add(
              new Difference(code, What.MOVED, "", moved.code().toString(), is.code().toString()));
          found.addAll(changes(moved, is));
        }
      }
    }
    gone.forEach((pattern, code) -> found.add(new Difference(code, What.REMOVED, "", pattern, "")));
    return List.copyOf(found);
  }

  private static List<Difference> changes(DefectRule was, DefectRule is) {
    List<Difference> changes = new ArrayList<>();
    PARTS.forEach(
        (part, of) -> {
          Object before = of.apply(was);
          Object after = of.apply(is);
          if (!Objects.equals(before, after)) {
            changes.add(
                new Difference(
                    is.code(), What.CHANGED, part, String.valueOf(before), String.valueOf(after)));
          }
        });
    return changes;
  }

  private static Map<DefectCode, DefectRule> byCode(DefectRules rules) {
    Map<DefectCode, DefectRule> all = new LinkedHashMap<>();
    rules.rules().forEach(rule -> all.put(rule.code(), rule));
    return all;
  }
}
