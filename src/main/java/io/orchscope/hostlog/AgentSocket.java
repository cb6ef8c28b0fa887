package io.orchscope.hostlog;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * The ssh-agent behind a Unix socket. MINA SSHD 2.16 has one only for those who have Tomcat's
 * native library. It is never forwarded to a host.
 */
record AgentSocket(Path socket) implements SshAgentFactory {

  @Override
  public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
    return List.of();
  }

  @Override
  public SshAgent createClient(Session session, FactoryManager manager) throws IOException {
    return new Agent(socket);
  }

  @Override
  public SshAgentServer createServer(ConnectionService service) {
    throw new UnsupportedOperationException("The agent is not forwarded.");
  }

  /** One conversation: a question, its answer, the next question. */
  private static final class Agent extends AbstractAgentProxy {

    private static final int LONGEST = 256 * 1024;

    private final SocketChannel channel;

    private Agent(Path socket) throws IOException {
      super(null);
      channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(UnixDomainSocketAddress.of(socket));
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
      super.close();
    }

    @Override
    protected synchronized Buffer request(Buffer question) throws IOException {
      ByteBuffer out = ByteBuffer.wrap(question.array(), question.rpos(), question.available());
      while (out.hasRemaining()) {
        channel.write(out);
      }
      int length = read(Integer.BYTES).getInt();
      if (length < 1 || length > LONGEST) {
        throw new IOException("The ssh-agent gives an answer of " + length + " bytes");
      }
      return new ByteArrayBuffer(read(length).array());
    }

    private ByteBuffer read(int length) throws IOException {
      ByteBuffer in = ByteBuffer.allocate(length);
      while (in.hasRemaining()) {
        if (channel.read(in) < 0) {
          throw new EOFException("The ssh-agent hangs up");
        }
      }
      return in.flip();
    }
  }
}
