package io.orchscope.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All pages by their addresses: whoever asks is let in first, then answered. */
public final class Site implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Site.class);

  /** Nothing but our own scripts and styles, nobody around us, nothing kept by caches. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
              + " 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private final Views views;
  private static final String PROGRAMS = "/api/";

  private final Gatekeeper gatekeeper;
  private final boolean isOverTls;
  private final Map<Pattern, Page> looks = new LinkedHashMap<>();
  private final Map<Pattern, Page> changes = new LinkedHashMap<>();
  private Page api = (request, visitor) -> missing(request, visitor);

  /**
   * A site without pages.
   *
   * @param isOverTls whether browsers reach it over TLS and shall keep to that
   */
  public Site(Views views, Gatekeeper gatekeeper, boolean isOverTls) {
    this.isOverTls = isOverTls;
    this.views = views;
    this.gatekeeper = gatekeeper;
  }

  /** Answers programs: everything below {@code /api/}. */
  public Site serves(Page answers) {
    api = answers;
    return this;
  }

  /** Answers GET at an address; a star stands for one part of it. */
  public Site shows(String address, Page page) {
    looks.put(pattern(address), page);
    return this;
  }

  /** Answers POST at an address. */
  public Site changes(String address, Page page) {
    changes.put(pattern(address), page);
    return this;
  }

  /** The answer, with what keeps browsers from running anything else. Errors: none. */
  public Reply answer(Request request) {
    return protect(secured(request));
  }

  /**
   * Why a request is refused before its body is read; nothing where it is admitted.
   *
   * @param peer address from which the connection comes
   */
  public CompletionStage<Optional<Reply>> admit(Request head, String peer) {
    return gatekeeper
        .admit(head, peer)
        .thenApply(refusal -> refusal.map(it -> protect(refused(head, it))));
  }

  @Override
  public void close() {
    gatekeeper.close();
  }

  private Reply protect(Reply plain) {
    Reply reply = plain;
    if (isOverTls) {
      reply = reply.with("Strict-Transport-Security", "max-age=31536000");
    }
    for (Map.Entry<String, String> header : ALWAYS.entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply.headers().containsKey("Cache-Control")
        ? reply
        : reply.with("Cache-Control", "no-store");
  }

  private Reply secured(Request request) {
    Gatekeeper.Judgement judgement = gatekeeper.judge(request);
    if (judgement.visitor().isEmpty()) {
      return refused(request, judgement.refusal().orElseThrow());
    }
    Visitor visitor = judgement.visitor().get();
    try {
      return routed(request, visitor);
    } catch (RuntimeException failed) {
      log.error(
          "A page could not be shown. method={} path={}", request.method(), request.path(), failed);
      String title = "This page could not be shown";
      String remedy =
          "Its reason is in var/log/orchscope.log. What is told to rooms does not depend on it.";
      return isForPrograms(request)
          ? Reply.problem(500, title, remedy, Map.of())
          : views.refusal(500, title, remedy, visitor);
    }
  }

  private static Reply refused(Request request, Gatekeeper.Refusal refusal) {
    Reply reply =
        isForPrograms(request)
            ? Reply.problem(refusal.status(), refusal.title(), refusal.remedy(), Map.of())
            : Reply.text(refusal.status(), refusal.title() + ". " + refusal.remedy() + "\n");
    for (Map.Entry<String, String> header : refusal.headers().entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }

  private static boolean isForPrograms(Request request) {
    return request.path().startsWith(PROGRAMS);
  }

  private Reply routed(Request request, Visitor visitor) {
    if (isForPrograms(request)) {
      return api.answer(request, visitor);
    }
    if (request.path().equals("/favicon.ico") && !request.isChange()) {
      // Browsers ask for it beside whatever is no page of ours, such as a file of the evidence.
      return Assets.find("icon.svg").orElseThrow();
    }
    if (request.segment(0).equals("assets") && !request.isChange()) {
      return Assets.find(request.segment(1)).orElseGet(() -> missing(request, visitor));
    }
    Map<Pattern, Page> pages = request.isChange() ? changes : looks;
    Optional<Page> page = find(pages, request.path());
    if (page.isPresent()) {
      return page.get().answer(request, visitor);
    }
    Map<Pattern, Page> others = request.isChange() ? looks : changes;
    return find(others, request.path()).isPresent()
        ? Reply.text(405, "Not by " + request.method() + ".\n")
            .with("Allow", request.isChange() ? "GET, HEAD" : "POST")
        : missing(request, visitor);
  }

  private Reply missing(Request request, Visitor visitor) {
    String title = "There is no such page";
    return isForPrograms(request)
        ? Reply.problem(404, title, "See docs/operating.md.", Map.of())
        : views.refusal(404, title, "Use the links above, or search.", visitor);
  }

  private static Optional<Page> find(Map<Pattern, Page> pages, String path) {
    return pages.entrySet().stream()
        .filter(entry -> entry.getKey().matcher(path).matches())
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Pattern pattern(String address) {
    return Pattern.compile(Pattern.quote(address).replace("*", "\\E[^/]+\\Q"));
  }
}
