package io.orchscope.hostlog;

import io.orchscope.settings.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/** The reading of a private key's file, as {@code ssh-keygen} writes it. */
final class PrivateKeys {

  /**
   * The keys in a file.
   *
   * <p>Errors: {@link IOException}, with the reason as message, also when the passphrase is missing
   * or wrong.
   */
  static List<KeyPair> read(Path file, Secret passphrase) throws IOException {
    List<KeyPair> keys = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      FilePasswordProvider words =
          passphrase.isEmpty()
              ? FilePasswordProvider.EMPTY
              : FilePasswordProvider.of(passphrase.reveal());
      Iterable<KeyPair> read =
          SecurityUtils.loadKeyPairIdentities(null, new PathResource(file), in, words);
      if (read != null) {
        read.forEach(keys::add);
      }
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IOException(reason(passphrase), e);
    }
    if (keys.isEmpty()) {
      throw new IOException("it is no private key");
    }
    return keys;
  }

  private static String reason(Secret passphrase) {
    return passphrase.isEmpty()
        ? "it is no private key, or one that needs a passphrase"
        : "it is no private key, or its passphrase is another one";
  }

  private PrivateKeys() {}
}
