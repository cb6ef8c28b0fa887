package io.orchscope.evidence;

import io.orchscope.circuit.Device;
import io.orchscope.circuit.Product;
import io.orchscope.defect.Classification;
import io.orchscope.defect.Examination;
import io.orchscope.trace.FoundError;
import io.orchscope.trace.OrchestrationTrace;
import io.orchscope.trace.TraceSearch;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was decided about one attempt of a circuit and what it was decided from: {@code
 * verdict.json}.
 *
 * <p>Shape: the file's keys are these components in snake case and in this order; words such as
 * {@code defective} are text, so that a file outlives a renamed constant. Units: all times UTC.
 *
 * @param format {@code orchscope-verdict/1}; a later minor addition keeps it
 * @param attemptedAt start of the attempt, as in the folder's name but to the full precision
 * @param unreadable why nothing can be said about the circuit, if so
 * @param occurrences several only for a disconnect
 */
public record Verdict(
    String format,
    String outcome,
    Optional<String> unreadable,
    Instant attemptedAt,
    Instant examinedAt,
    String pollId,
    Telemetry telemetry,
    Subject resource,
    Optional<Source> trace,
    List<Finding> occurrences) {

  /** What {@code format} says in files that this version writes and reads. */
  public static final String FORMAT = "orchscope-verdict/1";

  /** Where our own work on the circuit can be seen. */
  public record Telemetry(Optional<String> traceId) {}

  /**
   * The resource as its page described it.
   *
   * @param resourceType the TOSCA type on the wire
   * @param devices each with the address that belongs to it
   */
  public record Subject(
      String id,
      String resourceType,
      String productType,
      String productName,
      String label,
      String circuit,
      String orchState,
      String reason,
      long revision,
      Instant createdAt,
      Instant updatedAt,
      List<Endpoint> devices) {}

  /** A device of the circuit. */
  public record Endpoint(
      String tid, Optional<String> managementAddress, Optional<String> disconnect) {}

  /**
   * The orchestration trace that was read, and how it was found.
   *
   * @param traceLogId id of the TraceLog resource
   * @param traceId MDSO's own, not OpenTelemetry's
   * @param foundBy {@code origination-id}, {@code label}, {@code circuit-name} or {@code
   *     dependencies}
   * @param attempts that the look-up brought, this one included
   */
  public record Source(
      String traceLogId,
      String traceId,
      String originationId,
      String operation,
      Optional<Instant> start,
      Optional<Instant> createdAt,
      int entries,
      Optional<String> foundBy,
      int attempts) {}

  /**
   * An error and what the rules said of it.
   *
   * @param code none when no rule matched
   * @param matched the part of the normalised text that the rule's pattern covered
   * @param text as MDSO wrote it, without its secrets
   * @param spokenBy {@code categorized}, {@code message} or {@code reason}
   * @param entryIndex -1 when the resource's reason spoke
   * @param partial the codes of rules that could not decide and might have won; nearly always none
   */
  public record Finding(
      String key,
      Optional<String> code,
      String title,
      String category,
      String severity,
      String matched,
      String normalised,
      String text,
      String spokenBy,
      int entryIndex,
      String process,
      String resourceType,
      String resourceName,
      String logFile,
      String rulesVersion,
      Optional<List<String>> partial) {

    /** The code's name, or {@code UNCLASSIFIED}. */
    public String codeOrUnclassified() {
      return code.orElse("UNCLASSIFIED");
    }

    /** The same error with what another table says of it. */
    Finding with(Classification other) {
      return new Finding(
          key,
          other.code().map(Object::toString),
          other.title(),
          other.category(),
          other.severity().word(),
          other.matched(),
          normalised,
          text,
          spokenBy,
          entryIndex,
          process,
          resourceType,
          resourceName,
          logFile,
          other.rulesVersion(),
          other.partialNames());
    }

    /** Whether two tables say the same of it, whatever their versions are. */
    boolean saysTheSameAs(Finding other) {
      return code.equals(other.code)
          && title.equals(other.title)
          && category.equals(other.category)
          && severity.equals(other.severity)
          && matched.equals(other.matched)
          && partial.equals(other.partial);
    }
  }

  /** The same verdict with other words about its errors. */
  Verdict with(List<Finding> findings) {
    return new Verdict(
        format,
        outcome,
        unreadable,
        attemptedAt,
        examinedAt,
        pollId,
        telemetry,
        resource,
        trace,
        findings);
  }

  static Verdict of(
      Examination examination, Attempt attempt, Instant now, Optional<String> telemetryTraceId) {
    return new Verdict(
        FORMAT,
        examination.outcome().word(),
        examination.unreadable(),
        attempt.at(),
        now,
        examination.pollId(),
        new Telemetry(telemetryTraceId),
        subject(examination),
        attempt.trace().map(trace -> source(trace, examination.search())),
        examination.occurrences().stream()
            .map(it -> finding(it.key(), it.error(), it.classification()))
            .toList());
  }

  private static Subject subject(Examination examination) {
    Product product = examination.product();
    var resource = examination.resource();
    return new Subject(
        resource.id().value(),
        product.resourceType(),
        product.type(),
        product.name(),
        resource.label(),
        resource.circuit().value(),
        resource.orchState().wire(),
        resource.reason().masked(),
        resource.revision(),
        resource.createdAt(),
        resource.updatedAt(),
        resource.devices().stream().map(Verdict::endpoint).toList());
  }

  private static Endpoint endpoint(Device device) {
    return new Endpoint(
        device.tid().value(), device.managementAddress(), device.disconnect().map(Verdict::word));
  }

  private static Source source(OrchestrationTrace trace, TraceSearch search) {
    return new Source(
        trace.resourceId(),
        trace.traceId(),
        trace.originationId(),
        trace.operation(),
        trace.start(),
        trace.createdAt(),
        trace.entries().size(),
        search.foundBy().map(Verdict::word),
        search.attempts().size());
  }

  private static Finding finding(String key, FoundError error, Classification classification) {
    return new Finding(
        key,
        classification.code().map(Object::toString),
        classification.title(),
        classification.category(),
        classification.severity().word(),
        classification.matched(),
        classification.normalised(),
        error.text().masked(),
        word(error.source()),
        error.entryIndex(),
        error.process(),
        error.resourceType(),
        error.resourceName(),
        error.logFile(),
        classification.rulesVersion(),
        classification.partialNames());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
