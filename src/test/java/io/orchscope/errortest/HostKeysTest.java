package io.orchscope.errortest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.errortest.HostKeys.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By which keys devices are known. */
final class HostKeysTest {

  private static final PublicKey ONE = Device.newKey().getPublic();
  private static final PublicKey OTHER = Device.newKey().getPublic();

  @TempDir private Path folder;

  @Test
  void takesTheFirstKeyOfEachNameForGood() {
    Path file = folder.resolve("a/folder/keys");
    HostKeys keys = new HostKeys(file);

    assertThat(keys.look("A.EXAMPLE.COM", 22, ONE)).isEqualTo(Standing.FIRST_SEEN);
    assertThat(keys.look("a.example.com", 22, ONE)).isEqualTo(Standing.KNOWN);
    assertThat(keys.look("A.EXAMPLE.COM", 22, OTHER)).isEqualTo(Standing.CHANGED);
    assertThat(keys.look("A.EXAMPLE.COM", 2022, OTHER)).isEqualTo(Standing.FIRST_SEEN);
    assertThat(new HostKeys(file).look("A.EXAMPLE.COM", 22, OTHER)).isEqualTo(Standing.CHANGED);
  }

  @Test
  void areKeptAsOpenSshKeepsThemForNobodyElseToRead() throws IOException {
    Path file = folder.resolve("keys");

    new HostKeys(file).look("A.EXAMPLE.COM", 22, ONE);
    new HostKeys(file).look("192.0.2.10", 2022, OTHER);

    assertThat(Files.readString(file))
        .isEqualTo(
            "a.example.com %s\n[192.0.2.10]:2022 %s\n"
                .formatted(PublicKeyEntry.toString(ONE), PublicKeyEntry.toString(OTHER)));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void countAtOnceWhenOthersWriteThemDown() throws IOException {
    Path file = folder.resolve("keys");
    HostKeys keys = new HostKeys(file);
    keys.look("A.EXAMPLE.COM", 22, ONE);

    Files.writeString(
        file, "# ours\n\nb.example.com,A.example.com " + PublicKeyEntry.toString(OTHER) + " us\n");

    assertThat(keys.look("A.EXAMPLE.COM", 22, ONE)).isEqualTo(Standing.CHANGED);
    assertThat(keys.look("B.EXAMPLE.COM", 22, OTHER)).isEqualTo(Standing.KNOWN);
    Files.delete(file);
    assertThat(keys.look("A.EXAMPLE.COM", 22, ONE)).isEqualTo(Standing.FIRST_SEEN);
  }
}
