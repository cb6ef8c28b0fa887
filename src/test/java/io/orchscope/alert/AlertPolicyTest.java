package io.orchscope.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchscope.defect.Severity;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertPolicyTest {

  private static final Room MAJOR_ONLY = new Room("a", "A", Severity.MAJOR);

  @ParameterizedTest
  @CsvSource({"CRITICAL, true", "MAJOR, true", "MINOR, false", "WARNING, false"})
  void tellsFromTheRoomsSeverityUpwards(Severity severity, boolean told) {
    AlertPolicy policy =
        new AlertPolicy(new Rooms(Map.of("service_mapper", MAJOR_ONLY), Optional.empty()));

    assertThat(policy.deservesAlert(Alerts.of("service_mapper", severity))).isEqualTo(told);
  }

  @Test
  void saysWhyItTellsNothing() {
    AlertPolicy policy = new AlertPolicy(new Rooms(Map.of(), Optional.of(MAJOR_ONLY)));

    assertThat(policy.suppression(Alerts.of("compliance", Severity.MINOR)))
        .contains(Suppression.BELOW_SEVERITY);
  }

  @Test
  void refusesAProductThatHasNoRoom() {
    AlertPolicy policy = new AlertPolicy(new Rooms(Map.of(), Optional.empty()));

    assertThatThrownBy(() -> policy.deservesAlert(Alerts.of("compliance", Severity.MINOR)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("No room for product 'compliance'.");
  }
}
