package io.orchscope.errortest;

import io.orchscope.errortest.HostKeys.Standing;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.PasswordIdentityProvider;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.PtyChannelConfiguration;
import org.apache.sshd.common.future.CancelOption;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * Logs in to devices with the service account, as far as their prompt, and out again.
 *
 * <p>The password goes to a device once per log-in, whatever ways the device offers: an account
 * that many devices share is locked soon. It goes to none that has another host key than it had.
 */
final class DeviceLogin implements AutoCloseable {

  private static final AttributeKey<Attempt> ATTEMPT = new AttributeKey<>();
  private static final Duration GOODBYE = Duration.ofSeconds(1);
  private static final int MOST_ANSWERS = 3;

  private final DeviceAccount account;
  private final HostKeys keys;
  private final SshClient client = SshClient.setUpDefaultClient();

  /**
   * How a log-in ended.
   *
   * @param words for the finding
   */
  record Result(boolean isSuccess, FindingLine words) {}

  /** One log-in, and why the key that it was shown will not do. */
  private static final class Attempt {

    private final String target;
    private final int port;
    private volatile Optional<String> complaint = Optional.empty();

    Attempt(String target, int port) {
      this.target = target;
      this.port = port;
    }
  }

  /**
   * Logs in with an account.
   *
   * @param longest that a log-in may take; whoever forgets one is ended after that
   */
  DeviceLogin(DeviceAccount account, HostKeys keys, Duration longest) {
    this.account = account;
    this.keys = keys;
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setUserAuthFactories(
        List.of(UserAuthPasswordFactory.INSTANCE, UserAuthKeyboardInteractiveFactory.INSTANCE));
    client.setServerKeyVerifier(this::isTrusted);
    CoreModuleProperties.PASSWORD_PROMPTS.set(client, 1);
    CoreModuleProperties.AUTH_TIMEOUT.set(client, longest);
    CoreModuleProperties.IDLE_TIMEOUT.set(client, longest);
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(client, longest);
    client.start();
  }

  /** Tries it once. */
  Result at(String target, InetSocketAddress where, Deadline deadline) {
    Attempt attempt = new Attempt(target, where.getPort());
    AttributeRepository context = AttributeRepository.ofKeyValuePair(ATTEMPT, attempt);
    try (ClientSession session =
        client
            .connect(account.username(), where, context)
            .verify(deadline.span(), CancelOption.CANCEL_ON_TIMEOUT)
            .getClientSession()) {
      try {
        return enter(session, deadline);
      } finally {
        session.close(false).await(deadline.left(GOODBYE));
        session.close(true);
      }
    } catch (IOException | UncheckedIOException failed) {
      return failed(attempt, failed, deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return said("Timeout");
    }
  }

  private Result enter(ClientSession session, Deadline deadline)
      throws IOException, InterruptedException {
    session.setPasswordIdentityProvider(once(account.password().reveal()));
    try {
      session.auth().verify(deadline.span(), CancelOption.CANCEL_ON_TIMEOUT);
    } catch (SshException refused) {
      if (refused.getDisconnectCode()
          == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
        return said("Auth not successful");
      }
      throw refused;
    }
    Terminal terminal = new Terminal();
    try (ChannelShell shell = session.createShellChannel(plainTerminal(), Map.of())) {
      shell.setOut(terminal);
      shell.setErr(terminal);
      shell.addCloseFutureListener(closed -> terminal.end());
      shell.open().verify(deadline.span(), CancelOption.CANCEL_ON_TIMEOUT);
      return converse(terminal, shell.getInvertedIn(), deadline);
    }
  }

  private static Result converse(Terminal terminal, OutputStream in, Deadline deadline)
      throws IOException, InterruptedException {
    for (int answers = 0; answers <= MOST_ANSWERS; answers++) {
      terminal.await(it -> it.isReady() || it.isAsking() || it.isEnded(), deadline);
      if (terminal.isReady()) {
        return new Result(true, FindingLine.of("Login: Success"));
      }
      if (!terminal.isAsking()) {
        return said(terminal.isEnded() ? "Failed: the device ended it" : "Timeout");
      }
      terminal.forget();
      in.write("Y\r".getBytes(StandardCharsets.US_ASCII));
      in.flush();
    }
    return said("Failed: the device asks again and again");
  }

  private static Result failed(Attempt attempt, Exception failed, Deadline deadline) {
    Optional<String> complaint = attempt.complaint;
    if (complaint.isPresent()) {
      return said("Failed: " + complaint.get());
    }
    if (deadline.isOver()) {
      return said("Timeout");
    }
    return new Result(
        false, FindingLine.of("Login: Failed: ").quote(String.valueOf(failed.getMessage())));
  }

  private boolean isTrusted(ClientSession session, SocketAddress address, PublicKey key) {
    Attempt attempt = session.getConnectionContext().getAttribute(ATTEMPT);
    if (attempt == null) {
      return false;
    }
    try {
      if (keys.look(attempt.target, attempt.port, key) != Standing.CHANGED) {
        return true;
      }
      attempt.complaint = Optional.of("the host key has changed, so no password was sent");
    } catch (UncheckedIOException unusable) {
      attempt.complaint =
          Optional.of("the file of host keys cannot be used, so no password was sent");
    }
    return false;
  }

  /** Whoever asks first gets it, and nobody after that. */
  private static PasswordIdentityProvider once(String password) {
    AtomicBoolean isGiven = new AtomicBoolean();
    return session ->
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return !isGiven.get();
              }

              @Override
              public String next() {
                isGiven.set(true);
                return password;
              }
            };
  }

  /** Said outright, or MINA asks the terminal of this process what it is. */
  private static PtyChannelConfiguration plainTerminal() {
    PtyChannelConfiguration plain = new PtyChannelConfiguration();
    plain.setPtyType("vt100");
    return plain;
  }

  private static Result said(String words) {
    return new Result(false, FindingLine.of("Login: " + words));
  }

  @Override
  public void close() {
    client.stop();
  }
}
