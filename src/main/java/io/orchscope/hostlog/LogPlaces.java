package io.orchscope.hostlog;

import io.orchscope.settings.Mistake;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** What is not there just now, as a mount may be; its logs are tried again. */
  public List<Mistake> warnings(Path file) {
    List<Mistake> warnings = new ArrayList<>();
    for (LogHost host : hosts) {
      if (host.access() instanceof LogHost.Mounted mounted && !isMounted(mounted.root())) {
        warnings.add(
            new Mistake(
                file.toString().replace('\\', '/'),
                "host " + host.name() + ", key folder",
                "'" + mounted.root() + "' is not there, or empty",
                "Mount it. Until then every circuit lacks the logs of "
                    + host.name()
                    + ", which are tried again."));
      }
    }
    return warnings;
  }

  private static boolean isMounted(Path root) {
    String[] names = root.toFile().list();
    return names != null && names.length > 0;
  }

  /** Whether no logs are collected. */
  public boolean isEmpty() {
    return hosts.isEmpty();
  }
}
