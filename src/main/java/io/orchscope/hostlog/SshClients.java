package io.orchscope.hostlog;

import io.orchscope.hostlog.LogGap.Reason;
import io.orchscope.settings.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.sftp.SftpModuleProperties;

/**
 * Makes clients that trust only known hosts and log in with a key or the agent, whatever else the
 * machine's own ssh is set up to do.
 *
 * @param passphrase of the keys' files; empty for none
 * @param agentSocket of the ssh-agent, if there is one
 */
record SshClients(HostLimits limits, Secret passphrase, Optional<Path> agentSocket) {

  /** One for a host; whoever asks for it stops it. */
  SshClient client(LogHost.Ssh host) {
    SshClient client = SshClient.setUpDefaultClient();
    client.setNioWorkers(1);
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setServerKeyVerifier(
        new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, host.knownHosts()));
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    client.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    if (host.key().isEmpty()) {
      agentSocket.ifPresent(socket -> client.setAgentFactory(new AgentSocket(socket)));
    }
    CoreModuleProperties.IO_CONNECT_TIMEOUT.set(client, limits.connect());
    CoreModuleProperties.AUTH_TIMEOUT.set(client, limits.connect());
    CoreModuleProperties.IDLE_TIMEOUT.set(client, limits.idle());
    CoreModuleProperties.CHANNEL_OPEN_TIMEOUT.set(client, limits.answer());
    SftpModuleProperties.SFTP_CHANNEL_OPEN_TIMEOUT.set(client, limits.answer());
    client.start();
    return client;
  }

  /**
   * Has a host asked for the kind of key that is known of it; it may have several, and would show
   * the one that we like best. Errors: HOST_KEY_UNKNOWN when the file cannot be read.
   */
  void expectKnownKeys(LogHost.Ssh host, SshClient client) throws HostFault {
    Set<String> known = new HashSet<>();
    try {
      for (KnownHostEntry entry : KnownHostEntry.readKnownHostEntries(host.knownHosts())) {
        if (entry.isHostMatch(host.host(), host.port())) {
          known.addAll(KeyUtils.getAllEquivalentKeyTypes(entry.getKeyEntry().getKeyType()));
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new HostFault(
          Reason.HOST_KEY_UNKNOWN, host.knownHosts() + " cannot be read: " + e.getMessage(), e);
    }
    List<NamedFactory<Signature>> signatures = new ArrayList<>(client.getSignatureFactories());
    signatures.sort(Comparator.comparing(it -> !known.contains(it.getName())));
    client.setSignatureFactories(signatures);
  }

  /** Gives a session the key to log in with. Errors: KEY_REFUSED when there is none. */
  void identify(LogHost.Ssh host, ClientSession session) throws HostFault {
    if (host.key().isEmpty() && agentSocket.isEmpty()) {
      throw new HostFault(Reason.KEY_REFUSED, "There is no ssh-agent (SSH_AUTH_SOCK)");
    }
    if (host.key().isPresent()) {
      Path file = host.key().get();
      try {
        // Read each time, so that a new key needs no restart.
        for (KeyPair key : PrivateKeys.read(file, passphrase)) {
          session.addPublicKeyIdentity(key);
        }
      } catch (IOException e) {
        throw new HostFault(Reason.KEY_REFUSED, file + ": " + e.getMessage(), e);
      }
    }
  }
}
