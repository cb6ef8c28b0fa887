package io.orchscope.mdso;

import io.orchscope.circuit.Product;
import io.orchscope.circuit.Resource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * One walk through all resources of a product, at the page where it stands.
 *
 * <p>Immutable; the route sends {@link #query} until {@link #hasMore} says no.
 *
 * @param id of the poll, also its name in logs and baggage
 * @param since resources that changed before are passed over, UTC
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
    return "exactTypeId=" + encodedType() + "&limit=" + paging.limit() + place;
  }

  /** The question how many there are, URL-encoded. */
  public String countQuery() {
    return "exactTypeId=" + encodedType();
  }

  /** Resources of the last page that are young enough. */
  public List<Resource> listed() {
    return page.resources().stream().filter(this::isYoungEnough).toList();
  }

  /** The poll when the ledger has told known from new on its page. */
  public Poll withFresh(List<Resource> found, long distinct) {
    return new Poll(id, product, since, startedAt, paging, page, List.copyOf(found), distinct);
  }

  Poll with(Page read) {
    return new Poll(id, product, since, startedAt, paging, read, List.of(), 0);
  }

  Poll with(Paging turned) {
    return new Poll(id, product, since, startedAt, turned, page, List.of(), 0);
  }

  private boolean isYoungEnough(Resource resource) {
    return !resource.updatedAt().isBefore(since) || !resource.createdAt().isBefore(since);
  }

  private String encodedType() {
    return URLEncoder.encode(product.resourceType(), StandardCharsets.UTF_8);
  }
}
