package io.orchscope.alert;

import java.util.Optional;

/** Answers whether an alert is worth telling in its room, and if not, why. */
public final class AlertPolicy {

  private final Rooms rooms;

  public AlertPolicy(Rooms rooms) {
    this.rooms = rooms;
  }

  public boolean deservesAlert(Alert alert) {
    return suppression(alert).isEmpty();
  }

  /** Why the alert is not told; none when it is. */
  public Optional<Suppression> suppression(Alert alert) {
    return rooms.roomOf(alert).wants(alert.severity())
        ? Optional.empty()
        : Optional.of(Suppression.BELOW_SEVERITY);
  }
}
