package io.orchscope.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes what a plan script logged. Source: domain.md §5.2. */
final class PlanLogWriter {

  private static final String MARKET = "http://bpocore.example.com/bpocore/market/api/v1/resources";
  private static final String HASHES = "#".repeat(24);
  private static final Pattern CODE = Pattern.compile("code: (\\d{3})");
  private static final ObjectWriter PRETTY =
      Wire.JSON.writer(
          new DefaultPrettyPrinter(
                  Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER))
              .withObjectIndenter(new DefaultIndenter("    ", "\n")));

  private final Inventory inventory;
  private final Ids ids;
  private final PlanLogs logs;

  PlanLogWriter(Inventory inventory, PlanLogs logs) {
    this.inventory = inventory;
    this.ids = inventory.ids();
    this.logs = logs;
  }

  /** Its text, as long as {@link PlanLogs#length} says. */
  byte[] text(PlanLog log) {
    SplittableRandom random = logs.random(log);
    int length = logs.length(log);
    boolean stamped = random.nextInt(5) > 0;
    LogLines head = new LogLines(stamped, length);
    begin(head, log, random.nextInt(4));
    LogLines tail = new LogLines(stamped, 4096);
    if (log.isComplete()) {
      finish(tail, log);
    }
    head.fill(
        length - tail.length(),
        log.beganAt().toEpochMilli() + 900,
        log.endedAt().toEpochMilli(),
        log.process(),
        (lines, at) ->
            lines
                .begin(at, log.process(), random.nextInt(60) == 0 ? "WARNING" : "DEBUG")
                .more("GET " + MARKET + "/" + log.id() + "?full=false 200, still activating, ")
                .more(random.nextInt(900))
                .more(" ms")
                .end());
    return head.more(tail.toString()).bytes();
  }

  private void begin(LogLines lines, PlanLog log, int leak) {
    long at = log.beganAt().toEpochMilli();
    ObjectNode params = Wire.object().put("uri", "http://bpocore.example.com");
    params.put("bpUserId", "5f3c0d4e-0000-4000-8000-000000000002");
    params.put("bpTenantId", "5f3c0d4e-0000-4000-8000-000000000001");
    params.put("resourceId", log.id()).put("operation", "activate");
    params.put("traceId", ids.traceHeader(log.sketch().owner(), log.attempt()));
    params.put("logFile", log.traceName());
    params.put("password", leak == 0 ? Credentials.MISSED_PASSWORD : "******");
    lines.line(at, log.process(), "INFO", "Input params: " + params);
    lines.line(at + 20, log.process(), "INFO", "Starting execution for " + log.process());
    lines.line(at + 30, log.process(), "INFO", HASHES + " STARTING PROCESSING " + HASHES);
    lines.line(at + 50, log.process(), "DEBUG", "Resource: " + pretty(resource(log)));
    lines.line(at + 120, log.process(), "DEBUG", "GET " + MARKET + "/" + log.id() + " 200");
    if (leak == 1) {
      lines.line(
          at + 180,
          log.process(),
          "DEBUG",
          "device login: {'username': 'svc-device', 'password': '"
              + Credentials.MISSED_PASSWORD
              + "'}");
    }
    switch (log.part()) {
      case TOP -> children(lines, log);
      case CONSTANTS ->
          lines.line(
              at + 200,
              log.process(),
              "INFO",
              "Constants are for resource " + ids.resource(log.sketch().index()));
      default -> {}
    }
  }

  private void children(LogLines lines, PlanLog log) {
    long start = log.sketch().startOf(log.attempt()).toEpochMilli();
    for (Story.Line line : inventory.story(log.sketch(), log.attempt()).entries()) {
      if (line.stage() != 0 && !line.fails()) {
        long at = start + 1000L * line.elapsed() + 200;
        String child = ids.stage(log.sketch().story(), line.stage());
        lines.line(
            at,
            log.process(),
            "INFO",
            line.state().equals("STARTED")
                ? "POST " + MARKET + "?validate=false 201, " + line.type() + " " + child
                : "Resource " + child + " is active");
      }
    }
  }

  private void finish(LogLines lines, PlanLog log) {
    long at = log.endedAt().toEpochMilli();
    if (log.part() == PlanLog.Part.RUN && log.sketch().fails()) {
      String error = inventory.newestStory(log.sketch()).error();
      failure(lines, log, at, error, "Error in " + log.process() + ", " + error + ".");
    }
    for (Story.Line line : log.lines()) {
      if (line.fails()) {
        failure(lines, log, at, reason(line), line.message());
      }
    }
    lines.line(at, log.process(), "INFO", HASHES + " FINISHED PROCESSING " + HASHES);
    String ending = ", elapsed time: " + (log.end() - log.begin()) + " secs";
    lines.line(at, log.process(), "INFO", "Completing execution for " + log.process() + ending);
  }

  private void failure(LogLines lines, PlanLog log, long at, String reason, String last) {
    Matcher code = CODE.matcher(reason);
    if (code.find()) {
      String url = "http://ractrl.example.com/ractrl/api/v1/devices/execute ";
      lines.line(at, log.process(), "ERROR", "POST " + url + code.group(1));
    }
    lines.line(at, log.process(), "ERROR", reason);
    if (reason.contains("Exception Raised") && log.part() != PlanLog.Part.TOP) {
      lines.line(at, log.process(), "ERROR", "Traceback (most recent call last):" + stack(log));
      lines.more("Exception: " + reason.replaceFirst("^.*? reason: Error: ", "")).end();
    }
    lines.line(at, log.process(), "ERROR", last);
  }

  private static String stack(PlanLog log) {
    String file = log.process().replaceFirst("\\.[^.]*$", "").replace('.', '/') + ".py";
    return String.join(
        "\n",
        List.of(
            "",
            "  File \"/opt/ciena/bp2/scriptplan/" + file + "\", line 214, in run",
            "    self.process()",
            "  File \"/opt/ciena/bp2/scriptplan/" + file + "\", line 97, in process",
            "    self.exit_error(self.categorized_error)"));
  }

  /** What went wrong, as the trace has it between the script's name and the log's. */
  private static String reason(Story.Line line) {
    String message = line.message();
    String begin = "Error in " + line.process() + ", ";
    int end = message.lastIndexOf(".  Please check file: ");
    return message.startsWith(begin) && end > begin.length()
        ? message.substring(begin.length(), end)
        : message;
  }

  private ObjectNode resource(PlanLog log) {
    return switch (log.part()) {
      case TOP -> inventory.whenBegun(log.sketch().owner());
      case RUN -> inventory.whenBegun(log.sketch().story());
      case CHILD, CONSTANTS -> {
        ObjectNode resource = Wire.object().put("id", log.id());
        resource.put("label", log.sketch().circuitName()).put("resourceTypeId", log.type());
        resource.put("orchState", "activating").put("desiredOrchState", "active");
        ObjectNode properties = resource.putObject("properties");
        if (log.part() == PlanLog.Part.CHILD) {
          properties.put("circuit_id", log.sketch().circuitName());
          properties.put("service_resource_id", ids.resource(log.sketch().owner()));
        }
        yield resource;
      }
    };
  }

  private static String pretty(ObjectNode resource) {
    try {
      return PRETTY.writeValueAsString(resource);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
