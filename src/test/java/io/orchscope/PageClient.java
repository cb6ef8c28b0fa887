package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who asks the operators' page or its API. */
record PageClient(HttpClient http, URI base, Map<String, String> headers) {

  /** A port that is free. */
  static int freePort() throws IOException {
    return FreePort.next();
  }

  static PageClient at(int port) {
    return new PageClient(
        HttpClient.newHttpClient(), URI.create("http://127.0.0.1:" + port), Map.of());
  }

  /** The same as somebody with a password. */
  PageClient as(String name, String password) {
    String pair = name + ":" + password;
    return with(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  /** The same with a header more. */
  PageClient with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new PageClient(http, base, more);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  HttpResponse<String> form(String path, String form) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  HttpResponse<String> json(String path, String json) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /** The token that a form of a page brings along. */
  String token(String path) throws IOException, InterruptedException {
    Matcher matcher =
        Pattern.compile("name=\"token\" value=\"([0-9a-f]{64})\"").matcher(get(path).body());
    assertThat(matcher.find()).as("a form on %s", path).isTrue();
    return matcher.group(1);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    headers.forEach(request::header);
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
