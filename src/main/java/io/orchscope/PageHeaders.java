package io.orchscope;

import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/** Which headers of a page leave: those that we set, and nothing that came in is Camel's. */
final class PageHeaders extends HttpHeaderFilterStrategy {

  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    return !name.equalsIgnoreCase("Cache-Control")
        && super.applyFilterToCamelHeaders(name, value, exchange);
  }
}
