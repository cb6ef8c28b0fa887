package io.orchscope.ledger;

import io.orchscope.alert.Alert;
import io.orchscope.alert.Draft;
import io.orchscope.alert.GroupFacts;
import io.orchscope.defect.FailureGroup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Makes messages of what is due about one group. */
record GroupPlan(Words words, Instant now) {

  Plan plan(Handle handle, Due due) {
    Optional<GroupRow> taken = due.take(handle);
    if (taken.isEmpty()) {
      return Plan.NOTHING;
    }
    GroupRow group = taken.get();
    FailureGroup standing = group.standing().at(now);
    if (Due.isSilent(standing)) {
      return Owed.silence(handle, group.id(), standing);
    }
    Owed.Batch batch = Owed.of(handle, group.id(), new Owed.Limit());
    List<Owed> owed = batch.owed();
    if (owed.isEmpty()) {
      return standing.isOpen() ? remind(handle, group) : sayThatItIsOver(handle, group);
    }
    List<Alert> alerts = owed.stream().map(Owed::alert).toList();
    GroupFacts facts = words.facts(group, now);
    List<Draft> drafts =
        hangsBelow(group, standing)
            ? words.messages().more(facts, alerts)
            : words.messages().opening(facts, alerts);
    keep(handle, group, drafts, owed.get(0).sender());
    if (!batch.isAll()) {
      // The rest comes in the thread, as soon as the room bears it.
      FailureNotes.due(handle, group.id(), now);
    }
    return Plan.of(drafts.size() + putAnew(handle, group, drafts));
  }

  /** Whether its next message is a reply in the thread that it has. */
  boolean hasThread(Handle handle, Due due) {
    return FailureNotes.find(handle, due.groupId())
        .filter(
            group -> {
              FailureGroup standing = group.standing().at(now);
              return !Due.isSilent(standing) && hangsBelow(group, standing);
            })
        .isPresent();
  }

  /** A thread that is old, or of a failure that was over, is left alone. */
  private boolean hangsBelow(GroupRow group, FailureGroup standing) {
    boolean cameBack =
        standing.state() == FailureGroup.State.REGRESSED
            && group.threadAt().filter(at -> at.isBefore(standing.since())).isPresent();
    return group.threadKey().isPresent() && !isOld(group) && !cameBack;
  }

  private boolean isOld(GroupRow group) {
    return group
        .threadAt()
        .filter(at -> !now.isBefore(at.plus(words.times().repeatInterval())))
        .isPresent();
  }

  private Plan sayThatItIsOver(Handle handle, GroupRow group) {
    if (group.threadKey().isEmpty()) {
      return Plan.NOTHING;
    }
    envelope(group, group.threadKey(), "", 0)
        .send(handle, words.messages().over(words.facts(group, now)));
    return Plan.of(new Headline(words, now).putAnew(handle, group) ? 2 : 1);
  }

  /** Who reads the room from above sees how it stands without opening the thread. */
  private int putAnew(Handle handle, GroupRow group, List<Draft> drafts) {
    boolean hang = drafts.stream().noneMatch(draft -> draft.kind() == Draft.Kind.ROOT);
    return hang && new Headline(words, now).putAnew(handle, group) ? 1 : 0;
  }

  /** A day later nobody needs to hear of it once more. */
  private Plan remind(Handle handle, GroupRow group) {
    Instant longAgo = now.minus(words.times().repeatInterval().multipliedBy(2));
    if (!isOld(group) || group.lastSeen().isBefore(longAgo)) {
      return Plan.NOTHING;
    }
    keep(handle, group, List.of(words.messages().reminder(words.facts(group, now))), "");
    return Plan.of(1);
  }

  private void keep(Handle handle, GroupRow group, List<Draft> drafts, String sender) {
    Optional<String> thread = group.threadKey();
    Optional<Instant> threadAt = group.threadAt();
    int place = 0;
    for (Draft draft : drafts) {
      boolean opens = draft.kind() == Draft.Kind.ROOT;
      String key =
          envelope(group, opens ? Optional.empty() : thread, sender, place++).send(handle, draft);
      if (opens) {
        thread = Optional.of(key);
        threadAt = Optional.of(now);
      }
    }
    handle.execute(
        "update failure_group set told_at = ?, thread_key = ?, thread_at = ?, due_at = ?"
            + " where group_id = ?",
        now.toEpochMilli(),
        thread.orElse(null),
        threadAt.map(Instant::toEpochMilli).orElse(null),
        threadAt.orElse(now).plus(words.times().repeatInterval()).toEpochMilli(),
        group.id());
  }

  private Envelope envelope(GroupRow group, Optional<String> parent, String sender, int place) {
    return new Envelope(group.roomId(), Optional.of(group.id()), parent, sender, now, place);
  }
}
