package io.orchscope.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rules for the header of a request that Netty's decoder does not enforce.
 *
 * <p>Where RFC 9112 lets a server choose between refusal and a guess, this one refuses. Source: RFC
 * 9112 §3.2, §6.1, §6.3.
 */
final class RequestRules {

  private static final int MOST_HEADERS = 200;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final Pattern ABSOLUTE =
      Pattern.compile("https?://([^/?#]*)(?:[/?#].*)?", Pattern.CASE_INSENSITIVE);

  /** Why a request is refused; nothing where it has one meaning. */
  static Optional<HttpResponseStatus> objection(HttpRequest request) {
    if (request.headers().entries().size() > MOST_HEADERS) {
      return Optional.of(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE);
    }
    boolean isSound =
        isKnownVersion(request)
            && hasNames(request)
            && hasOneHost(request)
            && hasOneEnd(request)
            && isForUs(request);
    return isSound ? Optional.empty() : Optional.of(HttpResponseStatus.BAD_REQUEST);
  }

  /** By identity: a version that is written otherwise, HTTP/01.1, equals this one. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isKnownVersion(HttpRequest request) {
    return request.protocolVersion() == HttpVersion.HTTP_1_1
        || request.protocolVersion() == HttpVersion.HTTP_1_0;
  }

  private static boolean hasNames(HttpRequest request) {
    return request.headers().names().stream().allMatch(name -> NAME.matcher(name).matches());
  }

  private static boolean hasOneHost(HttpRequest request) {
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    return hosts.size() == 1 && HOST.matcher(hosts.get(0)).matches();
  }

  private static boolean hasOneEnd(HttpRequest request) {
    List<String> encodings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    List<String> lengths = request.headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
    if (encodings.isEmpty()) {
      return lengths.isEmpty() || (lengths.size() == 1 && LENGTH.matcher(lengths.get(0)).matches());
    }
    return encodings.size() == 1
        && encodings.get(0).equalsIgnoreCase("chunked")
        && lengths.isEmpty()
        && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
  }

  /** Whether the target is a path here; a full address has to name the host of the header. */
  private static boolean isForUs(HttpRequest request) {
    String target = request.uri();
    if (target.startsWith("/") || target.equals("*")) {
      return true;
    }
    String host = request.headers().get(HttpHeaderNames.HOST, "").toLowerCase(Locale.ROOT);
    var absolute = ABSOLUTE.matcher(target);
    return absolute.matches() && absolute.group(1).toLowerCase(Locale.ROOT).equals(host);
  }

  private RequestRules() {}
}
