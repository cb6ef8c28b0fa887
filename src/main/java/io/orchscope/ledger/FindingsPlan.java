package io.orchscope.ledger;

import io.orchscope.alert.Draft;
import io.orchscope.alert.FindingMessages;
import io.orchscope.alert.GroupFacts;
import io.orchscope.errortest.ErrorTestFinding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Makes messages of what tests on errors found: one for each group, below its first message.
 *
 * <p>Failures go first: what is found takes half of what a room bears in a minute. What is left
 * over for long, and what was told in a digest and has no thread, is told together, at the top of
 * the room.
 */
final class FindingsPlan {

  /** After the messages and the edits that are planned at the same moment. */
  private static final int LAST = 200;

  private final Ledger ledger;
  private final Words words;
  private final FailedPlans failed;

  FindingsPlan(Ledger ledger, Words words, FailedPlans failed) {
    this.ledger = ledger;
    this.words = words;
    this.failed = failed;
  }

  /**
   * Plans what is due.
   *
   * @param everything also what is not due yet
   */
  Plan plan(Instant now, boolean everything) {
    Map<String, List<OwedFindings.Waiting>> rooms = new LinkedHashMap<>();
    for (OwedFindings.Waiting each : ledger.transact((h, circuits) -> OwedFindings.waiting(h))) {
      boolean isDue =
          each.hasWaited(words.times().groupWait(), now)
              && each.hasRested(words.times().groupInterval(), now);
      if ((everything || isDue) && !failed.leaveOut(each.groupId())) {
        rooms.computeIfAbsent(each.roomId(), room -> new ArrayList<>()).add(each);
      }
    }
    int messages = 0;
    for (Map.Entry<String, List<OwedFindings.Waiting>> room : rooms.entrySet()) {
      messages += room(room.getKey(), room.getValue(), now, everything);
    }
    return Plan.of(messages);
  }

  private int room(
      String room, List<OwedFindings.Waiting> groups, Instant now, boolean everything) {
    long busy = ledger.transact((handle, circuits) -> Planner.busy(handle, room, now));
    int most = words.times().messagesPerMinute();
    int planned = 0;
    List<OwedFindings.Waiting> rest = new ArrayList<>();
    for (OwedFindings.Waiting group : groups) {
      if (group.hasThread() && 2 * (busy + planned) < most) {
        planned += below(group, now);
      } else {
        rest.add(group);
      }
    }
    boolean isLate =
        rest.stream().anyMatch(each -> each.hasWaited(words.times().digestInterval(), now));
    boolean isTogether = !rest.isEmpty() && (isLate || everything) && busy + planned < most;
    return isTogether ? planned + together(room, rest, now) : planned;
  }

  private int below(OwedFindings.Waiting group, Instant now) {
    try {
      return ledger.transact((handle, circuits) -> below(handle, group, now));
    } catch (LedgerException unusable) {
      throw unusable;
    } catch (RuntimeException bug) {
      failed.note(group.groupId(), bug);
      return 0;
    }
  }

  /** Without the group that no message can be written of; halves find out which it is. */
  private int together(String room, List<OwedFindings.Waiting> groups, Instant now) {
    try {
      return ledger.transact((handle, circuits) -> together(handle, room, groups, now));
    } catch (LedgerException unusable) {
      throw unusable;
    } catch (RuntimeException bug) {
      if (groups.size() == 1) {
        failed.note(groups.get(0).groupId(), bug);
        return 0;
      }
      int half = groups.size() / 2;
      return together(room, groups.subList(0, half), now)
          + together(room, groups.subList(half, groups.size()), now);
    }
  }

  private int below(Handle handle, OwedFindings.Waiting waiting, Instant now) {
    Optional<GroupRow> group = take(handle, waiting, now);
    if (group.isEmpty()) {
      return 0;
    }
    GroupRow row = group.get();
    OwedFindings owed = OwedFindings.of(handle, waiting, row.standing().at(now));
    if (owed.findings().isEmpty()) {
      return 0;
    }
    Draft draft = messages().below(words.facts(row, now), owed.findings(), owed.untested());
    Envelope envelope =
        new Envelope(
            row.roomId(), Optional.of(row.id()), row.threadKey(), owed.sender(), now, LAST);
    owed.toldBy(handle, envelope.send(handle, draft));
    return 1;
  }

  private int together(Handle handle, String room, List<OwedFindings.Waiting> rest, Instant now) {
    List<GroupFacts> groups = new ArrayList<>();
    List<OwedFindings> all = new ArrayList<>();
    for (OwedFindings.Waiting waiting : rest) {
      Optional<GroupRow> group = take(handle, waiting, now);
      if (group.isPresent()) {
        OwedFindings owed = OwedFindings.of(handle, waiting, group.get().standing().at(now));
        if (!owed.findings().isEmpty()) {
          groups.add(words.facts(group.get(), now));
          all.add(owed);
        }
      }
    }
    if (all.isEmpty()) {
      return 0;
    }
    List<ErrorTestFinding> findings =
        all.stream().flatMap(owed -> owed.findings().stream()).toList();
    long untested = all.stream().mapToLong(OwedFindings::untested).sum();
    Draft draft = messages().alone(groups, findings, untested);
    String key =
        new Envelope(room, Optional.empty(), Optional.empty(), all.get(0).sender(), now, LAST)
            .send(handle, draft);
    all.forEach(owed -> owed.toldBy(handle, key));
    return 1;
  }

  private static Optional<GroupRow> take(Handle handle, OwedFindings.Waiting waiting, Instant now) {
    return waiting.take(handle, now)
        ? FailureNotes.find(handle, waiting.groupId())
        : Optional.empty();
  }

  private FindingMessages messages() {
    return words.messages().findings();
  }
}
