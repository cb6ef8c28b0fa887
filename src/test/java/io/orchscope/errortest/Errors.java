package io.orchscope.errortest;

import io.orchscope.circuit.CircuitId;
import io.orchscope.circuit.Tid;
import io.orchscope.errortest.DeviceUnderTest.Onboarded;
import io.orchscope.errortest.ErrorTestPlan.Kind;
import java.util.List;
import java.util.Optional;

/** Errors and devices for tests. */
final class Errors {

  static final ErrorTestPlan CONNECTIVITY = plan(Kind.CONNECTIVITY, false);

  static ErrorTestPlan plan(Kind kind, boolean tellsNothing) {
    return new ErrorTestPlan("a-" + kind.word(), kind, List.of(), List.of(), true, tellsNothing);
  }

  static TestedError ordinary() {
    return new TestedError(
        "k1",
        "service_mapper",
        new CircuitId("80.L1XX.000001..TEST"),
        "DE-1000",
        "Live device is unreachable",
        "MDSO | Connectivity Error - Unreachable Live Device: device: ABCDTXAB1ZW",
        Optional.of("https://orchscope.example.com/circuits/80.L1XX.000001..TEST"));
  }

  static DeviceUnderTest device(String fqdn, String address) {
    return new DeviceUnderTest(
        new Tid("ABCDTXAB1ZW"),
        Optional.of(fqdn),
        Optional.of(address).filter(text -> !text.isEmpty()),
        Optional.of(new Onboarded("NOT-AVAILABLE", "ABCDTXAB1ZW.EXAMPLE.COM")));
  }

  private Errors() {}
}
