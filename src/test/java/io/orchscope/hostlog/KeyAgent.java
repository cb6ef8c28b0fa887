package io.orchscope.hostlog;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Map;
import org.apache.sshd.agent.common.AbstractAgentClient;
import org.apache.sshd.agent.local.AgentImpl;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** An ssh-agent with one key, behind a Unix socket. */
final class KeyAgent implements AutoCloseable {

  private final Path socket;
  private final AgentImpl keys;
  private final ServerSocketChannel server;

  KeyAgent(Path folder, KeyPair key) throws IOException {
    socket = folder.resolve("agent");
    keys = new SigningAgent(key);
    keys.addIdentity(key, "test");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    start(this::accept);
  }

  Path socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    try {
      while (server.isOpen()) {
        SocketChannel channel = server.accept();
        start(() -> serve(channel));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      Answering agent = new Answering(keys, channel);
      ByteBuffer in = ByteBuffer.allocate(64 * 1024);
      while (channel.read(in) >= 0) {
        agent.messageReceived(new ByteArrayBuffer(in.array(), 0, in.position()));
        in.clear();
      }
    } catch (IOException e) {
      // Whoever asked has hung up.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "ssh-agent");
    thread.setDaemon(true);
    thread.start();
  }

  /** MINA SSHD of 2.16.0 finds no signer for an ed25519 key of Bouncy Castle. */
  private static final class SigningAgent extends AgentImpl {

    private final KeyPair own;

    SigningAgent(KeyPair own) {
      this.own = own;
    }

    @Override
    public Map.Entry<String, byte[]> sign(
        SessionContext session, PublicKey key, String algorithm, byte[] data) throws IOException {
      try {
        Signature signature = BuiltinSignatures.ed25519.create();
        signature.initSigner(session, own.getPrivate());
        signature.update(session, data);
        return Map.entry(BuiltinSignatures.ed25519.getName(), signature.sign(session));
      } catch (IOException failed) {
        throw failed;
      } catch (Exception failed) {
        throw new IOException(failed);
      }
    }
  }

  private static final class Answering extends AbstractAgentClient {

    private final SocketChannel channel;

    private Answering(AgentImpl keys, SocketChannel channel) {
      super(keys);
      this.channel = channel;
    }

    @Override
    protected void reply(Buffer answer) throws IOException {
      ByteBuffer out = ByteBuffer.wrap(answer.array(), answer.rpos(), answer.available());
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }
  }
}
