package io.orchscope.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.orchscope.console.Page;
import io.orchscope.console.Reply;
import io.orchscope.console.Request;
import io.orchscope.console.Visitor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything under {@code /api/v1}.
 *
 * <p>Shape: JSON in and out; errors as {@code application/problem+json}; an entity tag with every
 * answer to GET. Source: RFC 9110, RFC 9457, {@code /api/v1/openapi.json}.
 */
public final class Api implements Page {

  /** What stands before the path of every operation. */
  public static final String PREFIX = "/api/v1";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModules(new Jdk8Module(), new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .serializationInclusion(JsonInclude.Include.NON_ABSENT)
          .build();

  private static final int TAG_BYTES = 16;

  private final List<Operation> operations = new ArrayList<>();
  private final JsonNode document;

  /** Puts together what each part knows to answer. */
  public Api(Answers... parts) {
    for (Answers part : parts) {
      operations.addAll(part.operations());
    }
    document = new OpenApi().document(operations);
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    try {
      return tagged(request, answered(request, visitor));
    } catch (Problem problem) {
      return Reply.problem(
          problem.status(),
          problem.title(),
          String.valueOf(problem.getMessage()),
          problem.errors());
    }
  }

  private Reply answered(Request request, Visitor visitor) {
    String path = request.path().substring(PREFIX.length());
    if (path.equals("/openapi.json") && !request.isChange()) {
      return json(200, document);
    }
    String method = request.isChange() ? "POST" : "GET";
    boolean isKnown = false;
    for (Operation operation : operations) {
      Optional<Map<String, String>> places = operation.places(path);
      isKnown |= places.isPresent();
      if (places.isPresent() && operation.method().equals(method)) {
        Map<String, String> values = Questions.values(operation, request, places.get());
        Object answer = operation.handler().answer(new Operation.Given(request, visitor, values));
        return answer instanceof Reply reply ? reply : json(operation.status(), answer);
      }
    }
    if (isKnown) {
      throw new Problem(405, "Not by " + request.method(), "See /api/v1/openapi.json.", Map.of());
    }
    throw Problem.missing("address", "All of them are in /api/v1/openapi.json.");
  }

  private static Reply tagged(Request request, Reply reply) {
    if (request.isChange() || reply.status() != 200) {
      return reply;
    }
    String tag = "\"" + digest(reply.body()) + "\"";
    String asked = request.header("if-none-match").orElse("");
    boolean isSame =
        Arrays.stream(asked.split(",", -1))
            .map(word -> word.strip().replaceFirst("^W/", ""))
            .anyMatch(word -> word.equals(tag) || word.equals("*"));
    Reply answer = isSame ? new Reply(304, reply.contentType(), Map.of(), new byte[0]) : reply;
    return answer.with("ETag", tag).with("Cache-Control", "private, no-cache");
  }

  private static Reply json(int status, Object answer) {
    try {
      byte[] text = JSON.writeValueAsString(answer).getBytes(StandardCharsets.UTF_8);
      return new Reply(status, "application/json", Map.of(), text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A record could not be written.", impossible);
    }
  }

  private static String digest(byte[] text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256.", impossible);
    }
  }
}
