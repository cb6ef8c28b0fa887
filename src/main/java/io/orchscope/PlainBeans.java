package io.orchscope;

import io.orchscope.settings.Settings;
import io.orchscope.step.CallerIsTold;
import io.orchscope.step.HandFaultOn;
import io.orchscope.step.PutBack;
import io.orchscope.step.SetAside;
import java.util.Map;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;

/** Objects of routes that know nobody else. */
final class PlainBeans {

  static Map<String, Object> of(Settings settings) {
    return Map.of(
        "json", CircuitQueue.json(),
        "outgoingHeaders", new OutgoingHeaders(),
        "queueHeaders", new QueueHeaders(),
        "setAside", new SetAside(),
        "putBack", new PutBack(),
        "handFaultOn", new HandFaultOn(),
        "callerIsTold", new CallerIsTold(),
        "anyHostName", NoopHostnameVerifier.INSTANCE,
        "tls", new Tls(settings).parameters());
  }

  private PlainBeans() {}
}
