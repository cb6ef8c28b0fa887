package io.orchscope.mdso;

import io.orchscope.circuit.Resource;
import io.orchscope.circuit.ResourceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One reply to a list request.
 *
 * @param resources those that could be read
 * @param size number of items on the page, readable or not
 * @param latestChange the latest moment at which each may have changed, UTC; {@link Instant#MAX}
 *     where a time of it cannot be read
 * @param total how many there are in all, if MDSO said so
 */
record Page(
    List<Resource> resources,
    Map<ResourceId, Instant> latestChange,
    int size,
    OptionalLong total,
    Optional<String> nextPageToken) {

  /** Whether a time of a resource cannot be read. */
  boolean isUndated(Resource resource) {
    return Instant.MAX.equals(latestChange.get(resource.id()));
  }
}
