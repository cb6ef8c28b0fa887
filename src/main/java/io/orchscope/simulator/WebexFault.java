package io.orchscope.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A reply that Webex, or a proxy before it, gives in place of the right one.
 *
 * @param request which requests get it
 * @param times how many of them; the others get the right reply
 * @param takes whether the message reaches its room all the same
 */
public record WebexFault(
    Request request,
    int times,
    boolean takes,
    int status,
    Map<String, String> headers,
    byte[] body) {

  /** Kinds of requests. */
  public enum Request {
    POST,
    /** A new message that belongs to a thread. */
    POST_TO_THREAD,
    /** A change of a message. */
    EDIT
  }

  /** A reply with a body of a media type; the message does not reach its room. */
  public static WebexFault of(Request request, int status, String type, String body) {
    return new WebexFault(
        request,
        1,
        false,
        status,
        Map.of("Content-Type", type),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** A reply in JSON; the message does not reach its room. */
  public static WebexFault json(Request request, int status, String body) {
    return of(request, status, "application/json", body);
  }

  /** The same for so many requests. */
  public WebexFault times(int number) {
    return new WebexFault(request, number, takes, status, headers, body);
  }

  /** The same, and the message reaches its room. */
  public WebexFault taken() {
    return new WebexFault(request, times, true, status, headers, body);
  }

  /** The same with a header. */
  public WebexFault header(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new WebexFault(request, times, takes, status, more, body);
  }

  boolean isFor(boolean edits, boolean hasParent) {
    return switch (request) {
      case POST -> !edits;
      case POST_TO_THREAD -> !edits && hasParent;
      case EDIT -> edits;
    };
  }

  Reply reply() {
    Reply reply = Reply.bytes(status, headers.getOrDefault("Content-Type", "text/plain"), body);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      reply = reply.header(header.getKey(), header.getValue());
    }
    return reply.because("webex-reply");
  }
}
