package io.orchscope.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All open connections of a server, and the rule by which one is closed for another.
 *
 * <p>A connection beyond the limit is accepted. Another one that waits for its client is closed for
 * it: one without an answer so far, unless these are less than half of the limit; then one that
 * stays open after an answer. So a client that sends its request at once is served while others
 * hold connections, with or without an answer, and clients that were served keep their connections
 * while others send nothing. Of several, the address with the most of them loses the one that has
 * waited longest. Where no connection waits, the new one is closed. While many are being closed,
 * nothing is accepted for that moment: the queue of the operating system is emptied as fast as
 * connections can be closed.
 */
final class Connections {

  private static final AttributeKey<Connection> CONNECTION =
      AttributeKey.valueOf(Connections.class, "connection");

  private final ServerLimits limits;
  private final LongSupplier nanos;

  /** Closing takes a moment; about so many more may be open meanwhile. */
  private final int closingAtOnce;

  private volatile @Nullable Channel server;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Set<Connection> closing = ConcurrentHashMap.newKeySet();

  Connections(ServerLimits limits, LongSupplier nanos) {
    this.limits = limits;
    this.nanos = nanos;
    this.closingAtOnce = Math.max(16, limits.mostConnections() / 4);
  }

  int count() {
    return open.size() + closing.size();
  }

  /** How Vert.x listens so that each connection is counted before anything is read from it. */
  Transport transport() {
    return new CountingTransport(new Acceptor());
  }

  /** Watches the requests of a connection of HTTP/1.1. */
  void watch(HttpConnection http) {
    Channel channel = ((ConnectionBase) http).channel();
    channel
        .pipeline()
        .addBefore("handler", "requests", new RequestGuard(channel.attr(CONNECTION).get()));
  }

  /** Closes each connection whose client has taken longer than it may. */
  void closeOverdue() {
    for (Connection each : open) {
      if (each.isOverdue()) {
        close(each);
      }
    }
  }

  private boolean admit(Channel channel) {
    Connection connection = new Connection(channel, address(channel), limits, nanos);
    if (open.size() >= limits.mostConnections()) {
      Optional<Connection> other = leastUseful();
      if (other.isEmpty()) {
        return false;
      }
      close(other.get());
    }
    channel.attr(CONNECTION).set(connection);
    open.add(connection);
    channel.closeFuture().addListener(closed -> open.remove(connection));
    return true;
  }

  /**
   * Closes at once. {@code Channel.close()} would not: Vert.x closes a channel behind all bytes
   * that wait to leave, so a client that takes nothing of its answer would keep its connection, and
   * some such clients would keep the server from accepting others.
   */
  private void close(Connection connection) {
    if (open.remove(connection)) {
      closing.add(connection);
      Channel channel = connection.channel();
      channel.closeFuture().addListener(closed -> closed(connection));
      channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
    }
  }

  private void closed(Connection connection) {
    closing.remove(connection);
    Channel listening = server;
    if (listening != null && closing.size() < closingAtOnce) {
      listening.config().setAutoRead(true);
    }
  }

  private Optional<Connection> leastUseful() {
    Map<Boolean, List<Connection>> waiting =
        open.stream()
            .filter(Connection::isWaiting)
            .collect(Collectors.partitioningBy(Connection::hasBeenAnswered));
    List<Connection> without = waiting.getOrDefault(false, List.of());
    List<Connection> answered = waiting.getOrDefault(true, List.of());
    boolean areFew = without.size() < (limits.mostConnections() + 1) / 2;
    List<Connection> candidates = areFew && !answered.isEmpty() ? answered : without;
    Map<String, Long> ofAddress =
        candidates.stream()
            .collect(Collectors.groupingBy(Connection::address, Collectors.counting()));
    return candidates.stream()
        .min(
            Comparator.<Connection, Long>comparing(
                    each -> -ofAddress.getOrDefault(each.address(), 0L))
                .thenComparing(Connection::since));
  }

  private static String address(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress remote
            && remote.getAddress() != null
        ? remote.getAddress().getHostAddress()
        : "";
  }

  /** Decides about a connection before it belongs to an event loop. */
  @Sharable
  private final class Acceptor extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      Channel channel = (Channel) accepted;
      if (admit(channel)) {
        context.fireChannelRead(channel);
      } else {
        channel.unsafe().closeForcibly();
      }
      if (closing.size() >= closingAtOnce) {
        server = context.channel();
        context.channel().config().setAutoRead(false);
        if (closing.size() < closingAtOnce) {
          context.channel().config().setAutoRead(true);
        }
      }
    }
  }

  /** The transport of the JDK with an acceptor of ours before that of Netty. */
  private static final class CountingTransport extends JDKTransport {

    private final Acceptor acceptor;

    CountingTransport(Acceptor acceptor) {
      this.acceptor = acceptor;
    }

    @Override
    public void configure(
        NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
      super.configure(options, domainSocket, bootstrap);
      bootstrap.handler(acceptor);
    }
  }
}
