package io.orchscope.step;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.orchscope.remote.RemoteSystem;
import io.orchscope.remote.RemoteSystems;
import io.orchscope.telemetry.Signals;

/**
 * Metrics and health of the calls of remote systems, each attempt by itself, with or without a
 * span.
 */
public final class RemoteCalls {

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> TEMPLATE = AttributeKey.stringKey("url.template");
  private static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private final Signals signals;
  private final RemoteSystems systems;

  public RemoteCalls(Signals signals, RemoteSystems systems) {
    this.signals = signals;
    this.systems = systems;
  }

  /** The system that an endpoint calls which names none. */
  RemoteSystem unknown() {
    return systems.unknown();
  }

  /**
   * Result of a call.
   *
   * @param status 0 without an answer
   * @param error {@code error.type} of the conventions; empty for a success
   * @param trouble the error for people, where there was no answer
   * @param explainsItself whether the refusal is the system's own word on the question
   */
  record Result(int status, String error, String trouble, boolean explainsItself) {}

  /**
   * Counts, times and judges a call.
   *
   * @param template path without ids
   */
  void called(RemoteSpanDecorator.Address address, String template, Result result, double seconds) {
    AttributesBuilder semantic =
        Attributes.builder()
            .put(METHOD, address.method())
            .put(TEMPLATE, template)
            .put(HOST, address.host());
    if (address.port() > 0) {
      semantic.put(PORT, (long) address.port());
    }
    if (result.status() > 0) {
      semantic.put(STATUS, (long) result.status());
    }
    if (!result.error().isEmpty()) {
      semantic.put(ERROR, result.error());
    }
    signals.neighbourCalled(seconds, semantic.build());
    RemoteSystem system = address.system();
    if (system.name() == RemoteSystem.Name.MDSO) {
      signals.mdsoCalled(template, result.status() > 0 ? String.valueOf(result.status()) : "none");
    }
    judge(system, result);
  }

  /**
   * A 2xx of MDSO, Beorn or Webex says nothing about their health before it has been read, since it
   * may be the log-in page of a proxy: the step that reads it judges it.
   */
  private static void judge(RemoteSystem system, Result result) {
    int status = result.status();
    boolean isReadLater =
        switch (system.name()) {
          case MDSO, BEORN, WEBEX -> true;
          default -> false;
        };
    if (isReadLater && status >= 200 && status < 300) {
      return;
    }
    String trouble = trouble(system.name(), result);
    if (status == 401 && system.name() == RemoteSystem.Name.WEBEX) {
      system.health().refused(trouble);
    } else {
      system.health().called(trouble);
    }
  }

  /**
   * A question that is refused is an answer, unless it is refused because of who asks. What Webex
   * forbids is about one room; a token of MDSO that has ended is followed by another; what Beorn
   * does not know of a circuit it says with a status of 500 and above and in its own words.
   */
  private static String trouble(RemoteSystem.Name name, Result result) {
    int status = result.status();
    if (status == 0) {
      return result.trouble();
    }
    if (status < 300 || (name == RemoteSystem.Name.BEORN && result.explainsItself())) {
      return "";
    }
    boolean isAboutUs =
        status == 401 || status == 429 || (status == 403 && name != RemoteSystem.Name.WEBEX);
    boolean isAboutTheQuestion =
        status >= 400 && status < 500 && !isAboutUs && name != RemoteSystem.Name.WATCHDOG;
    return isAboutTheQuestion ? "" : "HTTP " + status;
  }
}
