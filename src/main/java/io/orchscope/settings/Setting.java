package io.orchscope.settings;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.quartz.CronExpression;

/**
 * One key of {@code config/application.properties}.
 *
 * @param fallback the value when nobody sets it; none when it must be set
 * @param choices the only words that will do; empty when the kind says enough
 */
record Setting(String key, Kind kind, Optional<String> fallback, List<String> choices) {

  /** What a value has to look like. */
  enum Kind {
    TEXT,
    /** One of a few words. */
    CHOICE,
    /** An http or https address. */
    URL,
    /** The same, or empty. */
    OPTIONAL_URL,
    DURATION,
    /** A duration, or 0 for ever. */
    KEEPING,
    /** A Quartz cron expression. */
    SCHEDULE,
    /** Host and port to listen at, or off; empty where the command decides. */
    ADDRESS,
    /** An http or https address with words in braces, or empty. */
    LINK,
    /** An outgoing proxy, none, or empty. */
    PROXY,
    /** A queue in memory, or a Kafka topic with its brokers. */
    QUEUE,
    /** The JDBC address of a PostgreSQL database, or empty. */
    DATABASE,
    /** A whole number above zero. */
    COUNT,
    /** yes or no. */
    FLAG,
    /** Never in a file under {@code config/}: from the environment, or from a file of its own. */
    SECRET
  }

  private static final int HIGHEST_PORT = 65_535;

  private static final String PROXY =
      "|none|(http://([^\\s:@/]+@)?)?([\\w.-]+|\\[[0-9a-fA-F:.]+\\]):[0-9]{1,5}/?";

  private static final String QUEUE =
      "seda:[\\w.-]+(\\?.*)?|kafka:[\\w.-]+\\?(.*&)?brokers=[\\w.,:\\[\\]-]+(&.*)?";

  /** The start of an address; a name of a host has a dot, so that a bare token is none. */
  private static final Pattern HOST =
      Pattern.compile(
          "^(?<scheme>([a-zA-Z][a-zA-Z0-9+.:-]{0,30}:)?//|)([^/?#\\s]*@)?"
              + "(?<host>(([\\w-]{1,63}\\.)+([a-zA-Z]{2,24}|[0-9]{1,3})|localhost|\\[[0-9a-fA-F:.]+\\])"
              + "(:[0-9]{1,5})?)(?![\\w.@-])");

  /**
   * All but those of {@link FollowUpSettings}. What Camel reads by itself starts with {@code
   * camel.} and is not listed here.
   */
  static final List<Setting> ALL =
      List.of(
          text("environment", "lab"),
          new Setting("mdso.url", Kind.URL, Optional.empty(), List.of()),
          text("mdso.market-path", "/bpocore/market/api/v1"),
          text("mdso.username", ""),
          of("mdso.password", Kind.SECRET, ""),
          text("mdso.tenant", "master"),
          choice("mdso.token.flavour", "tron", "oauth2"),
          of("mdso.token.assumed-lifetime", Kind.DURATION, "50m"),
          of("mdso.token.renew-before", Kind.DURATION, "30s"),
          of("mdso.proxy", Kind.PROXY, ""),
          of("mdso.proxy-password", Kind.SECRET, ""),
          of("mdso.calls-at-once", Kind.COUNT, "32"),
          of("http.connect-timeout", Kind.DURATION, "5s"),
          of("http.reply-timeout", Kind.DURATION, "60s"),
          of("http.longest-call", Kind.DURATION, "2m"),
          of("http.largest-reply-megabytes", Kind.COUNT, "16"),
          text("tls.ca-file", ""),
          of("tls.trust-everything-although-dangerous", Kind.FLAG, "no"),
          of("poll.by-schedule", Kind.FLAG, "yes"),
          of("poll.page-size", Kind.COUNT, "1000"),
          of("poll.look-back", Kind.DURATION, "24h"),
          of("poll.circuits-limit", Kind.DURATION, "1h"),
          of("poll.late-after", Kind.DURATION, "30m"),
          of("polls.at-once", Kind.COUNT, "4"),
          of("watch.ping-url", Kind.OPTIONAL_URL, ""),
          of("watch.proxy", Kind.PROXY, ""),
          of("watch.proxy-password", Kind.SECRET, ""),
          of("watch.ping-every", Kind.DURATION, "1m"),
          of("circuits.at-once", Kind.COUNT, "48"),
          of("circuits.queue-length", Kind.COUNT, "500"),
          of("circuits.queue", Kind.QUEUE, "seda:circuits"),
          of("circuits.work-here", Kind.FLAG, "yes"),
          text("alerts.channel", "console"),
          of("alerts.group-wait", Kind.DURATION, "30s"),
          of("alerts.group-interval", Kind.DURATION, "5m"),
          of("alerts.repeat-interval", Kind.DURATION, "12h"),
          of("alerts.messages-per-minute", Kind.COUNT, "20"),
          of("alerts.digest-interval", Kind.DURATION, "5m"),
          of("alerts.longest-age", Kind.DURATION, "24h"),
          of("alerts.look-every", Kind.DURATION, "1s"),
          of("alerts.rooms-at-once", Kind.COUNT, "4"),
          of("links.group", Kind.LINK, ""),
          of("links.trace", Kind.LINK, ""),
          of("links.runbook", Kind.LINK, ""),
          of("webex.url", Kind.URL, "https://webexapis.com/v1"),
          of("webex.token", Kind.SECRET, ""),
          of("webex.proxy", Kind.PROXY, ""),
          of("webex.proxy-password", Kind.SECRET, ""),
          of("retry.attempts", Kind.COUNT, "4"),
          of("retry.delay", Kind.DURATION, "500ms"),
          of("retry.longest-delay", Kind.DURATION, "30s"),
          of("retry.longest-wait", Kind.DURATION, "5m"),
          text("evidence.root", "var/evidence"),
          choice("evidence.keep", "comparable", "failures", "all"),
          of("evidence.fsync", Kind.FLAG, "yes"),
          text("ledger.file", "var/ledger.db"),
          of("ledger.url", Kind.DATABASE, ""),
          text("ledger.username", "orchscope"),
          of("ledger.password", Kind.SECRET, ""),
          of("ledger.keep-for", Kind.KEEPING, "400d"),
          of("evidence.keep-for", Kind.KEEPING, "90d"),
          of("reports.by-schedule", Kind.FLAG, "yes"),
          of("reports.look-every", Kind.DURATION, "30s"),
          text("reports.root", "var/reports"),
          of("purge.schedule", Kind.SCHEDULE, "0 30 3 * * ?"),
          choice("telemetry.local-traces", "failures", "all", "none"),
          choice("telemetry.orchestrations", "linked", "off"),
          text("telemetry.new-trace-routes", "examine-circuit"),
          text(
              "telemetry.untraced-steps",
              "name-resource,write-resource,enqueue-circuit,pass-over-repeated,"
                  + "wait-if-not-yet,set-token,insist-on-mdso,pass-to-repeat-mdso,insist-on-webex,pass-to-repeat-webex,post-or-edit"),
          text(
              "telemetry.untraced-endpoints",
              "scheduler:deliver-alerts*,scheduler:watch-polls*,scheduler:ping-out*,scheduler:look-for-reports*,"
                  + "scheduler:look-for-follow-ups*,quartz:purge*,platform-http:*"),
          text(
              "telemetry.span-names",
              "run-poll=mdso.poll,run-scheduled-poll=mdso.poll,take-page=mdso.api.get_resources,"
                  + "drop-unchanged=mdso.filter_resources,examine-circuit=mdso.circuit,"
                  + "look-for-trace=mdso.retrieve_product_logs,parse-trace=mdso.parse_orch_trace,"
                  + "get-plan-logs=mdso.collect_plan_script,get-ra-logs=mdso.collect_ra_logs,"
                  + "make-test=mdso.test_error"),
          of("telemetry.repeats-per-step", Kind.COUNT, "8"),
          of("observe.listen", Kind.ADDRESS, ""),
          of("console.listen", Kind.ADDRESS, ""),
          of("console.url", Kind.LINK, ""),
          text("console.users", ""),
          text("console.tls-keystore", ""),
          of("console.tls-password", Kind.SECRET, ""),
          of("console.behind-proxy", Kind.FLAG, "no"),
          of("console.header-timeout", Kind.DURATION, "10s"),
          of("console.body-timeout", Kind.DURATION, "30s"),
          of("console.idle-timeout", Kind.DURATION, "60s"),
          of("console.most-connections", Kind.COUNT, "500"),
          text("observe.names", ""),
          of("routes.reload", Kind.FLAG, "yes"),
          of("rules.reload", Kind.FLAG, "yes"));

  /** Those of all areas. */
  static List<Setting> all() {
    return Stream.concat(ALL.stream(), FollowUpSettings.ALL.stream()).toList();
  }

  /** What is wrong with a value, and what to do about it. */
  record Fault(String reason, String remedy) {}

  /** The name of the key in the environment: {@code mdso.url} is {@code MDSO_URL}. */
  String environmentName() {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** What is wrong with a value, if anything. */
  Optional<Fault> fault(String value) {
    return switch (kind) {
      case TEXT, SECRET -> Optional.empty();
      case CHOICE ->
          unless(
              choices.contains(value),
              "'" + value + "' is not one of the words that will do",
              "Write " + String.join(" or ", choices) + ".");
      case DURATION ->
          unless(
              Durations.isDuration(value),
              "'" + value + "' is not a duration",
              "Write a number and ms, s, m, h or d, as in 30s.");
      case KEEPING ->
          unless(
              value.equals("0") || Durations.isDuration(value),
              "'" + value + "' is neither a duration nor 0",
              "Write a number and ms, s, m, h or d, as in 90d, or 0 to keep everything for ever.");
      case SCHEDULE ->
          unless(
              CronExpression.isValidExpression(value),
              "'" + value + "' is not a Quartz cron expression",
              "Write second, minute, hour, day, month and weekday, as in 0 30 3 * * ?.");
      case COUNT ->
          unless(
              value.matches("0*[1-9][0-9]{0,8}"),
              "'" + value + "' is not a whole number above zero",
              "Write one below 1000000000, as in 32.");
      case FLAG ->
          unless(
              value.equals("yes") || value.equals("no"),
              "'" + value + "' is neither yes nor no",
              "Write yes or no.");
      default -> faultOfPlace(value);
    };
  }

  private static boolean isProxy(String value) {
    String port = value.replaceFirst("/$", "").replaceFirst("^.*:", "");
    return value.matches(PROXY)
        && (!port.matches("[0-9]+")
            || (Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= HIGHEST_PORT));
  }

  private Optional<Fault> faultOfPlace(String value) {
    return switch (kind) {
      case URL ->
          unless(
              isAddress(value),
              host(value) + " is not an http or https address",
              "Write scheme and host, as in https://mdso.example.com.");
      case OPTIONAL_URL ->
          unless(
              value.isEmpty() || isAddress(value),
              host(value) + " is not an http or https address",
              "Write it as in https://watchdog.example.com/ping/NAME, or nothing.");
      case LINK ->
          unless(
              value.matches("|https?://[^\\s]+"),
              host(value) + " is not an http or https address",
              "Write it as in https://grafana.example.com/d/mdso?var-group={group}.");
      case ADDRESS ->
          unless(
              value.matches("|off|(\\[[0-9a-fA-F:.]+\\]|[^:\\s]+):[0-9]{1,5}"),
              "'" + value + "' is neither an address with a port nor off",
              "Write it as in 127.0.0.1:9464.");
      case DATABASE ->
          unless(
              value.matches("|jdbc:postgresql://[^\\s?]+/[^\\s?/]+(\\?\\S*)?"),
              host(value) + " is not the address of a PostgreSQL database",
              "Write it as in jdbc:postgresql://db.example.com:5432/orchscope.");
      case PROXY ->
          unless(
              isProxy(value),
              "the value is not the address of a proxy",
              "Write host:port, http://user@host:port or none, as in proxy.example.com:3128; the"
                  + " password comes from "
                  + environmentName()
                  + "_PASSWORD.");
      case QUEUE ->
          unless(
              value.matches(QUEUE),
              "'"
                  + value.replaceFirst("(?s)[?\\s].*", "?…")
                  + "' is neither a queue in memory nor a Kafka topic with its brokers",
              "Write it as in seda:circuits or kafka:circuits?brokers=HOST:9092.");
      default -> Optional.empty();
    };
  }

  private static Optional<Fault> unless(boolean isSound, String reason, String remedy) {
    return isSound ? Optional.empty() : Optional.of(new Fault(reason, remedy));
  }

  /**
   * Scheme, host and port of an address for a message, without user, password, path and query, any
   * of which may be a secret; {@code the value} when no host can be told.
   */
  private static String host(String value) {
    Matcher address = HOST.matcher(value);
    return address.find()
        ? "'"
            + address.group("scheme")
            + address.group("host")
            + (address.end() < value.length() ? "/…" : "")
            + "'"
        : "the value";
  }

  private static boolean isAddress(String value) {
    try {
      URI address = URI.create(value);
      return address.getHost() != null && value.matches("https?://.*");
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  static Setting text(String key, String fallback) {
    return of(key, Kind.TEXT, fallback);
  }

  static Setting of(String key, Kind kind, String fallback) {
    return new Setting(key, kind, Optional.of(fallback), List.of());
  }

  /** The first word is the fallback. */
  static Setting choice(String key, String... words) {
    return new Setting(key, Kind.CHOICE, Optional.of(words[0]), List.of(words));
  }
}
