package io.orchscope.topology;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The answers and devices that the tests of this package speak of. */
final class TopologySamples {

  static final String TID = "ABCDTXAB1CW";
  static final String FQDN = "ABCDTXAB1CW.EXAMPLE.COM";
  static final String ADDRESS = "192.0.2.20";

  private TopologySamples() {}

  static byte[] fixture(String name) {
    try (InputStream stream = TopologySamples.class.getResourceAsStream("/topology/" + name)) {
      return Objects.requireNonNull(stream, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a table, without what it says of itself. */
  static List<String> table(String name) {
    return new String(fixture(name), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  static TopologyDevice device(String vendor) {
    return device(Optional.of(FQDN), Optional.of(vendor), Optional.of(ADDRESS));
  }

  static TopologyDevice device(
      Optional<String> fqdn, Optional<String> vendor, Optional<String> address) {
    return new TopologyDevice(
        TID, fqdn, vendor, Optional.of("PE"), address, Optional.of("LIVE"), "", 0);
  }
}
