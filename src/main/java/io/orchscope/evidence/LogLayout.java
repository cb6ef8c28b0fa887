package io.orchscope.evidence;

/** How the folders of logs are laid out. */
public enum LogLayout {
  /**
   * Ours.
   *
   * <pre>
   * &lt;root&gt;/&lt;product type&gt;/&lt;circuit&gt;/&lt;attempt&gt;/     the same three as the attempt's evidence
   *     plan/&lt;host&gt;/&lt;name&gt;               a plan script's log; with .gz when it is compressed
   *     ra/&lt;device&gt;/&lt;host&gt;/&lt;name&gt;        what a resource adapter logged about a device
   *     trace-log.json                   the orchestration trace
   *     topology.json                    what carries the circuit
   *     manifest.json
   * </pre>
   */
  OWN,
  /**
   * The one of the old collector, for those who read it; nothing in it is compressed.
   *
   * <pre>
   * &lt;root&gt;/03_01_24-Service_Mapper_Logs/      the day of the collection
   *     &lt;circuit&gt;_2024-03-01_14-06-19/        when the resource was made, UTC
   *         &lt;plan log&gt;.txt                    and the same in plan-script-downloads/&lt;plan log&gt;.log
   *         &lt;device&gt;/&lt;ra log&gt;.txt             and the same in &lt;device&gt;/ra_log_download/, ending in .log
   *         &lt;circuit&gt;_orch_trace.txt          the orchestration trace, indented by four
   *         topology.json, manifest.json      which the old one did not have
   * </pre>
   *
   * <p>Source: domain.md §5.1.
   */
  LEGACY
}
