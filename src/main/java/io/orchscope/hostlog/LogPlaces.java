package io.orchscope.hostlog;

import java.util.List;

/**
 * Where logs are to be looked for; what {@code config/log-hosts.yaml} says.
 *
 * @param planLogs patterns of folders, {@code *} stands for any text within a segment
 * @param raLogs the same, with {@code {adapter}} for the name of an adapter's folders
 * @param hosts none where no logs are collected
 * @param adapters each vendor once
 */
public record LogPlaces(
    List<String> planLogs, List<String> raLogs, List<LogHost> hosts, List<AdapterFolder> adapters) {

  /** Where plan scripts log when nobody says otherwise. Source: domain.md §5.2. */
  public static final List<String> USUAL_PLAN_LOGS =
      List.of("/opt/ciena/bp2/scriptplan*/log/plan-log");

  /** Where adapters log when nobody says otherwise. Source: domain.md §5.4. */
  public static final List<String> USUAL_RA_LOGS = List.of("/opt/ciena/bp2/{adapter}*/log");

  /** No hosts. */
  public static LogPlaces none() {
    return new LogPlaces(USUAL_PLAN_LOGS, USUAL_RA_LOGS, List.of(), AdapterFolder.USUAL);
  }

  /** Whether no logs are collected. */
  public boolean isEmpty() {
    return hosts.isEmpty();
  }
}
