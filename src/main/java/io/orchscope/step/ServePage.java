package io.orchscope.step;

import io.orchscope.console.Reply;
import io.orchscope.console.Request;
import io.orchscope.console.Site;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/** Answers a request of HTTP with a page. */
public final class ServePage implements Processor {

  private final Site site;

  public ServePage(Site site) {
    this.site = site;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    Reply reply = site.answer(request(message));
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, reply.status());
    message.setHeader(Exchange.CONTENT_TYPE, reply.contentType());
    reply.headers().forEach(message::setHeader);
    message.setBody(reply.body());
  }

  private static Request request(Message message) {
    Map<String, String> headers = headers(message);
    String type = headers.getOrDefault("content-type", "");
    boolean isForm = type.startsWith("application/x-www-form-urlencoded");
    return new Request(
        message.getHeader(Exchange.HTTP_METHOD, "GET", String.class),
        path(message.getHeader(Exchange.HTTP_URI, "/", String.class)),
        words(message.getHeader(Exchange.HTTP_RAW_QUERY, "", String.class)),
        isForm ? form(message.getBody()) : Map.of(),
        headers,
        isForm ? new byte[0] : bytes(message));
  }

  /**
   * The headers that were really sent. Camel puts the words of query and form among its own, where
   * they could pass for headers.
   */
  private static Map<String, String> headers(Message message) {
    Map<String, String> headers = new HashMap<>();
    if (message instanceof HttpMessage http) {
      http.getRequest()
          .headers()
          .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
      // HTTP/2 has no header for it.
      headers.put("host", String.valueOf(http.getRequest().authority()));
    }
    return headers;
  }

  private static byte[] bytes(Message message) {
    byte[] body = message.getBody(byte[].class);
    return body == null ? new byte[0] : body;
  }

  /** Decoded part by part: a slash within a part stays one. */
  private static String path(String uri) {
    try {
      String path = URI.create(uri).getPath();
      return path == null || !path.startsWith("/") ? "/" : path;
    } catch (IllegalArgumentException malformed) {
      return "/";
    }
  }

  /** Camel hands a form over in parts, or as it was sent. */
  private static Map<String, List<String>> form(Object body) {
    if (body instanceof Map<?, ?> parts) {
      Map<String, List<String>> fields = new HashMap<>();
      parts.forEach((name, value) -> fields.put(String.valueOf(name), texts(value)));
      return fields;
    }
    return words(String.valueOf(body));
  }

  private static List<String> texts(Object value) {
    return value instanceof List<?> several
        ? several.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }

  private static Map<String, List<String>> words(String text) {
    Map<String, List<String>> words = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        words
            .computeIfAbsent(decoded(pair.substring(0, equals)), name -> new ArrayList<>())
            .add(decoded(pair.substring(equals + 1)));
      }
    }
    return words;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}
