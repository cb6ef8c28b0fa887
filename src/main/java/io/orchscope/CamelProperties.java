package io.orchscope;

import io.orchscope.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;

/**
 * What Camel is told, derived from the settings: its own keys, and a placeholder for each of ours.
 */
final class CamelProperties {

  /** In bytes: a form, or JSON, of people. */
  private static final String LARGEST_QUESTION = "1000000";

  static Map<String, String> of(
      Configuration configuration, Folders folders, Assembly.Purpose purpose) {
    Settings settings = configuration.settings();
    Map<String, String> keys = new LinkedHashMap<>(configuration.placeholders());
    keys.put("camel.main.name", purpose == Assembly.Purpose.WORK ? "orchscope" : "trial");
    keys.put("camel.main.routes-include-pattern", "file:" + folders.routes() + "/*.camel.yaml");
    // Our routes are files; looking for some in our classes costs a second.
    keys.put("camel.main.base-package-scan-enabled", "false");
    keys.put("camel.main.auto-configuration-log-summary", "false");
    keys.put("camel.main.stream-caching-enabled", "false");
    keys.put("camel.main.auto-startup", String.valueOf(purpose == Assembly.Purpose.WORK));
    keys.putIfAbsent("camel.main.shutdown-timeout", "60");
    // At the end each queue is waited for until its reader looks up, one queue after the other.
    keys.putIfAbsent("camel.component.seda.default-poll-timeout", "100");
    askNeighbours(keys, settings);
    readHosts(keys, settings);
    if (purpose == Assembly.Purpose.WORK) {
      ListenAddress.console(settings).ifPresent(address -> serve(keys, address));
    }
    keys.put("camel.component.https.ssl-context-parameters", "#tls");
    if (settings.flag(Tls.TRUST_EVERYTHING)) {
      keys.put("camel.component.https.x509-hostname-verifier", "#anyHostName");
    }
    return keys;
  }

  private static void askNeighbours(Map<String, String> keys, Settings settings) {
    int connections = settings.count("mdso.calls-at-once");
    for (String component : new String[] {"camel.component.http.", "camel.component.https."}) {
      keys.put(component + "connections-per-route", String.valueOf(connections));
      keys.put(component + "max-total-connections", String.valueOf(connections * 2));
      keys.put(component + "connect-timeout", millis(settings, "http.connect-timeout"));
      keys.put(component + "connection-request-timeout", millis(settings, "http.reply-timeout"));
      keys.put(component + "so-timeout", millis(settings, "http.reply-timeout"));
      keys.put(component + "response-timeout", millis(settings, "http.reply-timeout"));
      // Trying again is the business of failures.camel.yaml, which knows Retry-After.
      keys.put(component + "automatic-retries-disabled", "true");
      keys.put(component + "copy-headers", "false");
      // A token is all that the neighbours know us by; the rest is work for nothing at each call.
      keys.put(component + "auth-caching-disabled", "true");
      keys.put(component + "cookie-management-disabled", "true");
      keys.put(component + "redirect-handling-disabled", "true");
      keys.put(component + "http-client-configurer", "#replyLimits");
    }
  }

  private static void readHosts(Map<String, String> keys, Settings settings) {
    String hosts = String.valueOf(settings.count("logs.hosts-at-once"));
    keys.put("camel.threadpool.config[log-hosts].pool-size", hosts);
    keys.put("camel.threadpool.config[log-hosts].max-pool-size", hosts);
    keys.put("camel.threadpool.config[log-hosts].max-queue-size", "1000");
    keys.put("camel.threadpool.config[log-hosts].rejected-policy", "CallerRuns");
  }

  private static void serve(Map<String, String> keys, ListenAddress address) {
    keys.put("camel.server.enabled", "true");
    keys.put("camel.server.host", address.host());
    keys.put("camel.server.port", String.valueOf(address.port()));
    keys.put("camel.server.max-body-size", LARGEST_QUESTION);
  }

  /**
   * Keeps the environment out of the placeholders: the settings have read it, and Camel would put
   * it, unread, above what they say.
   */
  static void standAloneIn(CamelContext context) {
    if (context.getPropertiesComponent() instanceof PropertiesComponent placeholders) {
      placeholders.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
    }
  }

  private static String millis(Settings settings, String key) {
    return String.valueOf(settings.duration(key).toMillis());
  }

  private CamelProperties() {}
}
