package io.orchscope.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.UUID;

/**
 * Who speaks: what the signals say of this process, unless {@code OTEL_RESOURCE_ATTRIBUTES} says
 * otherwise.
 */
final class ServiceResource {

  /** One for the life of the process. */
  private static final String INSTANCE = UUID.randomUUID().toString();

  /** The older name of the environment is told as well: Loki's default labels still list it. */
  static Resource of(String environment) {
    return Resource.create(
        Attributes.builder()
            .put("service.version", version())
            .put("service.instance.id", INSTANCE)
            .put("deployment.environment.name", environment)
            .put("deployment.environment", environment)
            .put("host.name", host())
            .build());
  }

  private static String version() {
    return Optional.ofNullable(ServiceResource.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown";
    }
  }

  private ServiceResource() {}
}
