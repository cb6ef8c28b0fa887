package io.orchscope.mdso;

import io.orchscope.circuit.Product;
import io.orchscope.circuit.Resource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One walk through all resources of a product, at the page where it stands.
 *
 * <p>Immutable; the route sends {@link #query} until {@link #hasMore} says no.
 *
 * @param id of the poll, also its name in logs and baggage
 * @param since resources that changed before are passed over, UTC
 * @param circuit the only one that is asked for, whether it has changed or not; none for all
 * @param paging where it stands
 * @param page what MDSO's last reply held
 * @param fresh those of the last page that somebody has to look at
 * @param news how many of the last page the poll had not listed before
 */
public record Poll(
    String id,
    Product product,
    Instant since,
    Instant startedAt,
    Optional<String> circuit,
    Paging paging,
    Page page,
    List<Resource> fresh,
    long news) {

  public boolean hasMore() {
    return !paging.done();
  }

  /** What to ask for, URL-encoded. */
  public String query() {
    String place =
        paging
            .token()
            .map(token -> "&pageToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8))
            .orElse("&offset=" + paging.offset());
    return scope() + "&limit=" + paging.limit() + place;
  }

  /** The question how many there are, URL-encoded. */
  public String countQuery() {
    return scope();
  }

  /** Under which no other poll may be under way. */
  public String lease() {
    return circuit.isPresent() ? product.type() + "/" + id : product.type();
  }

  /** Resources of the last page that are young enough. */
  public List<Resource> listed() {
    return page.resources().stream().filter(this::isYoungEnough).toList();
  }

  /** The poll when the ledger has told known from new on its page. */
  public Poll withFresh(List<Resource> found, long distinct) {
    return new Poll(
        id, product, since, startedAt, circuit, paging, page, List.copyOf(found), distinct);
  }

  Poll with(Page read) {
    return new Poll(id, product, since, startedAt, circuit, paging, read, List.of(), 0);
  }

  Poll with(Paging turned) {
    return new Poll(id, product, since, startedAt, circuit, turned, page, List.of(), 0);
  }

  private boolean isYoungEnough(Resource resource) {
    Instant latest = page.latestChange().getOrDefault(resource.id(), resource.updatedAt());
    return !resource.updatedAt().isBefore(since)
        || !resource.createdAt().isBefore(since)
        || !latest.isBefore(since);
  }

  /** A circuit is told by the property that holds its name, or else by the label. */
  private String scope() {
    String type = "exactTypeId=" + encoded(product.resourceType());
    String name =
        product.circuitIdAt().stream()
            .findFirst()
            .map(pointer -> pointer.substring(1).replace('/', '.'))
            .orElse("label");
    return circuit.map(it -> type + "&q=" + encoded(name + ":" + it)).orElse(type);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
