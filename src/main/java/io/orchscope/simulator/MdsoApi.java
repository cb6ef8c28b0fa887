package io.orchscope.simulator;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** MDSO as a whole: logins, the market behind them, and the faults that were asked for. */
final class MdsoApi {

  private static final List<String> MARKETS = List.of("/bpocore/market/api/v1", "/market/api/v1");

  private final TokenApi logins;
  private final MarketApi market;
  private final Optional<LogArchiveApi> archive;
  private final Tokens tokens;
  private final Counters counters;
  private final Supplier<Faults> faults;
  private final AtomicBoolean revoked = new AtomicBoolean();

  MdsoApi(
      TokenApi logins,
      MarketApi market,
      Optional<LogArchiveApi> archive,
      Tokens tokens,
      Counters counters,
      Supplier<Faults> faults) {
    this.logins = logins;
    this.market = market;
    this.archive = archive;
    this.tokens = tokens;
    this.counters = counters;
    this.faults = faults;
  }

  Reply answer(Call call) {
    Faults now = faults.get();
    long turn = counters.count("mdso.calls");
    Reply reply = honest(call, now);
    return isTurn(now.slowEvery(), turn) ? reply.late(now.slowBy()) : reply;
  }

  private Reply honest(Call call, Faults now) {
    Optional<List<String>> oauth = call.behind(TokenApi.OAUTH);
    if (oauth.isPresent()) {
      return logins.answer(call, oauth.get(), true);
    }
    Optional<List<String>> plain = call.behind(TokenApi.PLAIN);
    if (plain.isPresent()) {
      return logins.answer(call, plain.get(), false);
    }
    for (String base : MARKETS) {
      Optional<List<String>> parts = call.behind(base);
      if (parts.isPresent()) {
        return market(call, parts.get(), now);
      }
    }
    if (archive.isPresent() && call.path().equals(LogArchiveApi.PATH)) {
      return tokens.accepts(call.header("authorization"))
          ? archive.get().answer(call)
          : TokenApi.unauthorized();
    }
    return Reply.refusal(404, "Not Found", "There is nothing at this path.");
  }

  private Reply market(Call call, List<String> parts, Faults now) {
    long turn = counters.count("mdso.market");
    if (now.unauthorizedAfterLists() > 0
        && counters.of("mdso.lists") >= now.unauthorizedAfterLists()
        && revoked.compareAndSet(false, true)) {
      tokens.deleteAll();
    }
    if (!tokens.accepts(call.header("authorization"))) {
      return TokenApi.unauthorized();
    }
    if (isTurn(now.unauthorizedEvery(), turn)) {
      return TokenApi.unauthorized().because("unauthorized");
    }
    if (isTurn(now.tooManyEvery(), turn)) {
      return Reply.refusal(429, "Too Many Requests", "Slow down.")
          .header("Retry-After", Integer.toString(now.retryAfterSeconds()))
          .because("too-many");
    }
    if (isTurn(now.serverErrorEvery(), turn)) {
      boolean odd = counters.count("fault.server-error") % 2 == 1;
      return Reply.refusal(
              odd ? 503 : 500, odd ? "Service Unavailable" : "Internal Server Error", "Try later.")
          .because("server-error");
    }
    Reply reply = market.answer(call, parts, now);
    if (isTurn(now.cutBodyEvery(), turn)) {
      return reply.cutShort();
    }
    return isTurn(now.garbageEvery(), turn)
        ? Reply.text(200, "text/html", "<html><body>Gateway is starting").because("garbage")
        : reply;
  }

  private static boolean isTurn(int every, long turn) {
    return every > 0 && turn % every == 0;
  }
}
