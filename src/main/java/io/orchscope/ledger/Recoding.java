package io.orchscope.ledger;

import io.orchscope.defect.Naming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Gives errors that the ledger knows another code.
 *
 * <p>Their group goes on under it with its counts, its state and its thread, so that no room is
 * told anew of what it knows. Doing it again changes nothing.
 */
public final class Recoding {

  /** Keys in one question; databases limit how many there may be. */
  static final int TURN = 500;

  private final Ledger ledger;

  /**
   * What was changed.
   *
   * @param groups that errors were moved out of
   */
  public record Moved(long errors, long groups) {

    public static final Moved NOTHING = new Moved(0, 0);

    /** Both together. */
    public Moved and(Moved other) {
      return new Moved(errors + other.errors, groups + other.groups);
    }
  }

  /** Errors that go from one group to one code; no group for those that never had one. */
  private record Step(String group, Naming to) implements Comparable<Step> {

    @Override
    public int compareTo(Step other) {
      int byGroup = group.compareTo(other.group);
      return byGroup != 0 ? byGroup : to.code().compareTo(other.to.code());
    }
  }

  public Recoding(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Moves errors, those of one group and one code in one transaction.
   *
   * @param errors what each is called now, by its key; those that the ledger does not know, or has
   *     under that code, are left out
   */
  public Moved move(Map<String, Naming> errors) {
    if (!ledger.exists()) {
      return Moved.NOTHING;
    }
    Map<Step, List<String>> steps = new TreeMap<>();
    List<String> keys = List.copyOf(errors.keySet());
    for (int from = 0; from < keys.size(); from += TURN) {
      List<String> some = keys.subList(from, Math.min(keys.size(), from + TURN));
      ledger.transact(
          (handle, circuits) -> {
            sort(handle, some, errors, steps);
            return true;
          });
    }
    Moved moved = Moved.NOTHING;
    for (Map.Entry<Step, List<String>> step : steps.entrySet()) {
      moved = moved.and(move(step.getKey(), step.getValue()));
    }
    return moved;
  }

  private static void sort(
      Handle handle, List<String> keys, Map<String, Naming> errors, Map<Step, List<String>> steps) {
    handle
        .createQuery(
            "select occurrence_key, defect_code, coalesce(group_id, '') as group_name"
                + " from occurrence where occurrence_key in (<keys>)")
        .bindList("keys", keys)
        .mapToMap()
        .forEach(
            row -> {
              String key = String.valueOf(row.get("occurrence_key"));
              Naming to = errors.get(key);
              if (to != null && !to.code().equals(row.get("defect_code"))) {
                steps
                    .computeIfAbsent(
                        new Step(String.valueOf(row.get("group_name")), to),
                        step -> new ArrayList<>())
                    .add(key);
              }
            });
  }

  private Moved move(Step step, List<String> keys) {
    return ledger.transact(
        (handle, circuits) -> {
          if (step.group.isEmpty()) {
            return new Moved(GroupMove.rename(handle, keys, step.to), 0);
          }
          return new GroupMove(handle, step.to, ledger.clock().instant()).move(step.group, keys);
        });
  }
}
