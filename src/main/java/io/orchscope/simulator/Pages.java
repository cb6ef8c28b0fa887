package io.orchscope.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The part of a list that one call asks for.
 *
 * @param filters the parameters that say what the list is of; a token belongs to them
 */
record Pages(long offset, int limit, String filters) {

  private static final int LIMIT = 1000;

  /** Errors: {@link BadRequest} for a bad offset, limit or token. */
  static Pages of(Call call, Faults faults) {
    StringBuilder filters = new StringBuilder(call.path());
    call.params().entrySet().stream()
        .filter(entry -> !List.of("offset", "limit", "pageToken").contains(entry.getKey()))
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(entry -> filters.append('\n').append(entry.getKey()).append(entry.getValue()));
    Optional<String> token = call.param("pageToken");
    if (token.isPresent() && faults.noPageToken()) {
      throw new BadRequest("pageToken is not supported.");
    }
    String[] parts = token.map(Pages::decoded).orElse("0|" + LIMIT + "|").split("\\|", 3);
    if (token.isPresent() && !parts[2].equals(Integer.toHexString(filters.toString().hashCode()))) {
      throw new BadRequest("pageToken belongs to another query.");
    }
    return new Pages(
        call.param("offset").map(text -> number("offset", text)).orElse(Long.parseLong(parts[0])),
        (int)
            Math.min(
                Integer.MAX_VALUE,
                call.param("limit")
                    .map(text -> number("limit", text))
                    .orElse(Long.parseLong(parts[1]))),
        filters.toString());
  }

  /** The reply envelope around this part of the list. */
  ObjectNode reply(List<? extends JsonNode> list, Faults faults) {
    int repeated = limit > faults.duplicateItems() ? faults.duplicateItems() : 0;
    int size = list.size();
    // Each page begins a few items before where the last one ended, so the list seems longer.
    int from = (int) Math.min(size, offset - (limit == 0 ? 0 : repeated * (offset / limit)));
    int to = (int) Math.min(size, (long) from + limit);
    long total = repeated == 0 || size <= limit ? size : seeming(size, repeated);
    ObjectNode reply = Wire.object();
    ArrayNode items = reply.putArray("items");
    for (int k = from; k < to; k++) {
      items.add(list.get(k));
    }
    reply.put("total", total).put("offset", offset).put("limit", limit);
    if (to < size && limit > 0 && !faults.noPageToken()) {
      reply.put("nextPageToken", token(offset + (faults.loopingPages() && offset > 0 ? 0 : limit)));
    }
    return reply;
  }

  private long seeming(int size, int repeated) {
    long pages = (size - limit + (limit - repeated) - 1L) / (limit - repeated);
    return size + pages * repeated;
  }

  private String token(long next) {
    String text = next + "|" + limit + "|" + Integer.toHexString(filters.hashCode());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String decoded(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
      if (text.matches("\\d{1,10}\\|\\d{1,10}\\|[0-9a-f]{1,8}")) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      throw unknownToken();
    }
    throw unknownToken();
  }

  private static BadRequest unknownToken() {
    return new BadRequest("pageToken is not one of ours.");
  }

  private static long number(String name, String text) {
    if (!text.matches("\\d{1,10}")) {
      throw new BadRequest(name + " is not a whole number from 0: " + text);
    }
    return Long.parseLong(text);
  }
}
