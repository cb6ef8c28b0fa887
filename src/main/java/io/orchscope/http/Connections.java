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
 * it: first those that have never been answered, of these the ones from the address with the most
 * of them, of these the one that has waited longest. So a client that sends its request at once
 * gets in while others hold connections and send nothing. Where no connection waits, the new one is
 * closed. While many are being closed, nothing is accepted for that moment: the queue of the
 * operating system is emptied as fast as connections can be closed.
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

  @SuppressWarnings("FutureReturnValueIgnored") // The future of the channel says when it is closed.
  private void close(Connection connection) {
    if (open.remove(connection)) {
      closing.add(connection);
      connection.channel().close();
      // Vert.x takes the closing over and does not complete the promise of each call.
      connection.channel().closeFuture().addListener(closed -> closed(connection));
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
    Map<String, Long> neverAnswered =
        open.stream()
            .filter(each -> !each.hasBeenAnswered())
            .collect(Collectors.groupingBy(Connection::address, Collectors.counting()));
    return open.stream()
        .filter(Connection::isWaiting)
        .min(
            Comparator.comparing(Connection::hasBeenAnswered)
                .thenComparing(each -> -neverAnswered.getOrDefault(each.address(), 0L))
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
