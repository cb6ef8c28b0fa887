package io.orchscope.telemetry;

import io.prometheus.metrics.exporter.common.PrometheusHttpExchange;
import io.prometheus.metrics.exporter.common.PrometheusHttpRequest;
import io.prometheus.metrics.exporter.common.PrometheusHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One scrape in memory: what Prometheus's own handler reads of a request, and what it answers.
 *
 * <p>The answer is complete before a byte of it leaves, so a slow client keeps no thread.
 */
final class Scrape
    implements PrometheusHttpExchange, PrometheusHttpRequest, PrometheusHttpResponse {

  private final String method;
  private final String query;
  private final Map<String, String> asked;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status = 500;

  /**
   * A scrape that is not answered yet.
   *
   * @param asked headers of the request, names in lower case
   */
  Scrape(String method, String query, Map<String, String> asked) {
    this.method = method;
    this.query = query;
    this.asked = asked;
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body.toByteArray();
  }

  @Override
  public PrometheusHttpRequest getRequest() {
    return this;
  }

  @Override
  public PrometheusHttpResponse getResponse() {
    return this;
  }

  @Override
  public String getQueryString() {
    return query;
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    String value = asked.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    return Collections.enumeration(value.isEmpty() ? List.of() : List.of(value));
  }

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public String getRequestPath() {
    return MetricsPage.PATH;
  }

  @Override
  public void setHeader(String name, String value) {
    headers.put(name, value);
  }

  @Override
  public OutputStream sendHeadersAndGetBody(int statusCode, int contentLength) {
    status = statusCode;
    return body;
  }

  @Override
  public void handleException(IOException failed) throws IOException {
    throw failed;
  }

  @Override
  public void handleException(RuntimeException failed) {
    throw failed;
  }

  @Override
  public void close() {}
}
