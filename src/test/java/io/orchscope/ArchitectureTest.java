package io.orchscope;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Who may know whom: facts in the middle, decisions around them, neighbours and machinery outside.
 *
 * <pre>
 *   circuit ← settings   match, mask
 *      ↑         ↑       ↑
 *    trace ←     defect      ← mdso, evidence, alert, report ← ledger, telemetry ← step ← root ⇄ cli → simulator
 * </pre>
 */
@AnalyzeClasses(packages = "io.orchscope", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.orchscope.(*)..").should().beFreeOfCycles();

  @ArchTest static final ArchRule secretsKnowNothingOfOurs = knowsOnly("secret");

  @ArchTest static final ArchRule circuitKnowsTextsOfOtherSystems = knowsOnly("circuit", "secret");

  @ArchTest static final ArchRule settingsKnowCircuits = knowsOnly("settings", "circuit", "secret");

  @ArchTest
  static final ArchRule tracesKnowCircuits = knowsOnly("trace", "circuit", "settings", "secret");

  @ArchTest
  static final ArchRule defectsKnowTraces =
      knowsOnly("defect", "circuit", "settings", "trace", "match", "mask", "secret");

  @ArchTest static final ArchRule matchingKnowsNothingOfOurs = knowsOnly("match");

  @ArchTest static final ArchRule maskingKnowsNothingOfOurs = knowsOnly("mask");

  @ArchTest static final ArchRule httpServersKnowNothingOfOurs = knowsOnly("http");

  @ArchTest
  static final ArchRule theOldMonitorIsKnownByItsTableAndItsErrors =
      knowsOnly("legacy", "circuit", "settings", "trace", "match", "mask", "defect", "evidence");

  @ArchTest
  static final ArchRule mdsoKnowsWhatIsSaidOfACircuit =
      knowsOnly("mdso", "circuit", "settings", "defect", "secret");

  @ArchTest static final ArchRule textsOfLogsKnowSecrets = knowsOnly("logtext", "secret");

  @ArchTest
  static final ArchRule logsOfHostsKnowSettings =
      knowsOnly("hostlog", "circuit", "secret", "settings");

  @ArchTest
  static final ArchRule topologiesKnowCircuits = knowsOnly("topology", "circuit", "settings");

  @ArchTest
  static final ArchRule testsOnErrorsKnowErrors =
      knowsOnly("errortest", "circuit", "settings", "defect");

  @ArchTest
  static final ArchRule evidenceAndAlertsKnowNoMachinery =
      noClasses()
          .that()
          .resideInAnyPackage(ours("evidence", "alert"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ours("mdso", "ledger", "step", "cli"));

  @ArchTest
  static final ArchRule theSimulatorIsASystemOfItsOwn =
      knowsOnly("simulator", "circuit", "settings");

  @ArchTest
  static final ArchRule onlyCommandsStartTheSimulator =
      noClasses()
          .that()
          .resideOutsideOfPackages(ours("simulator", "cli"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.orchscope.simulator..");

  @ArchTest
  static final ArchRule onlyTheProgramKnowsItsCommands =
      noClasses()
          .that(not(belongToAnyOf(Orchscope.class)))
          .and()
          .resideOutsideOfPackage("io.orchscope.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.orchscope.cli..");

  @ArchTest
  static final ArchRule onlyStepsAndTheRootKnowCamel =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.orchscope", "io.orchscope.step..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..");

  @ArchTest
  static final ArchRule onlyTelemetryStepsAndTheDrawingOfATraceKnowOpenTelemetry =
      noClasses()
          .that()
          .resideOutsideOfPackages(ours("telemetry", "step", "cli"))
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.opentelemetry..").and(not(type(SpanProcessor.class))));

  /** What sees every span is handed through the root, from a test to telemetry. */
  @ArchTest
  static final ArchRule onlyTelemetryAndTheRootKnowWhoSeesSpans =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.orchscope", "io.orchscope.telemetry..")
          .should()
          .dependOnClassesThat(type(SpanProcessor.class));

  @ArchTest
  static final ArchRule stepsKnowOnlyTheInterfaceOfOpenTelemetry =
      noClasses()
          .that()
          .resideInAPackage("io.orchscope.step..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.opentelemetry.sdk..", "io.opentelemetry.exporter..");

  @ArchTest
  static final ArchRule packagesAreNoJunkDrawers =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..", "..utils..", "..common..", "..helper..", "..manager..", "..impl..");

  @ArchTest
  static final ArchRule classesAreNoJunkDrawers =
      noClasses().should().haveNameMatching(".*(Util|Utils|Common|Helper|Manager|Impl)");

  /** A record is final by itself. */
  @ArchTest
  static final ArchRule classesAreNotMadeToBeExtended =
      classes()
          .that()
          .areTopLevelClasses()
          .and()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .should()
          .haveModifier(FINAL);

  /** A package may know itself, these, and nothing else of ours. */
  private static ArchRule knowsOnly(String name, String... others) {
    String[] known = Stream.concat(Stream.of(name), Arrays.stream(others)).toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("io.orchscope." + name + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.orchscope..")
                .and(not(resideInAnyPackage(ours(known))))
                .as("are ours and not of %s", String.join(", ", known)));
  }

  private static String[] ours(String... names) {
    return Arrays.stream(names).map(name -> "io.orchscope." + name + "..").toArray(String[]::new);
  }
}
