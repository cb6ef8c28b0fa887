package io.orchscope.mdso;

import io.orchscope.circuit.Resource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One reply to a list request.
 *
 * @param resources those that could be read
 * @param size number of items on the page, readable or not
 * @param total how many there are in all, if MDSO said so
 */
record Page(
    List<Resource> resources, int size, OptionalLong total, Optional<String> nextPageToken) {}
