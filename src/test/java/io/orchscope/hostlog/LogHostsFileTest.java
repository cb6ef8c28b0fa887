package io.orchscope.hostlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Mistake;
import io.orchscope.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogHostsFileTest {

  private static final Secret NO_PASSPHRASE = new Secret("");

  private static final String SOUND =
      """
      plan-logs: [/var/plans, /opt/*/plans]
      ra-logs: "/var/{adapter}/log"
      hosts:
        - name: mdso-1
          ssh:
            host: mdso-1.example.com
            port: 2222
            user: orchscope
            key: KEY
            known-hosts: KNOWN
        - name: mdso-2
          folder: FOLDER
        - name: archive
          archive: yes
      adapters:
        - vendor: nokia
          folder: ranokia
          resource-type: nokia.resourceTypes.NetworkFunction
        - vendor: RAD
          folder: radra2
          resource-type: radra.resourceTypes.NetworkFunction
      """;

  @TempDir private Path folder;
  private Path key;
  private Path knownHosts;

  @BeforeEach
  void makeFiles() throws IOException {
    try (LogServer server = new LogServer(folder)) {
      key = server.newKey("");
      knownHosts = server.knownHosts(server.hostKeys());
    }
  }

  @Test
  void readsWhereLogsAre() throws IOException {
    LogPlaces places = read(SOUND);

    assertThat(places.planLogs()).containsExactly("/var/plans", "/opt/*/plans");
    assertThat(places.raLogs()).containsExactly("/var/{adapter}/log");
    assertThat(places.hosts())
        .containsExactly(
            new LogHost(
                "mdso-1",
                new LogHost.Ssh(
                    "mdso-1.example.com", 2222, "orchscope", Optional.of(key), knownHosts)),
            new LogHost("mdso-2", new LogHost.Mounted(folder)),
            new LogHost("archive", new LogHost.Archive()));
    assertThat(places.adapters())
        .extracting(it -> it.vendor() + "=" + it.folder())
        .containsExactly(
            "ADVA=bpraadva", "JUNIPER=rajuniper", "RAD=radra2", "CISCO=bpracisco", "NOKIA=ranokia");
  }

  @Test
  void collectsNothingByDefault() {
    assertThat(LogHostsFile.read(folder.resolve("absent"), NO_PASSPHRASE, Optional.empty()))
        .isEqualTo(LogPlaces.none());
    assertThat(LogHostsFile.read(Path.of("config/log-hosts.yaml"), NO_PASSPHRASE, Optional.empty()))
        .isEqualTo(LogPlaces.none());
    assertThat(LogPlaces.none().isEmpty()).isTrue();
  }

  @Test
  void takesTheKeysOfAnAgentThatIsThere() throws IOException {
    String text = SOUND.replace("key: KEY", "agent: yes");

    LogPlaces places =
        LogHostsFile.read(file(text), NO_PASSPHRASE, Optional.of(folder.resolve("agent")));

    assertThat(((LogHost.Ssh) places.hosts().get(0).access()).key()).isEmpty();
  }

  @Test
  void takesAKeyWithItsPassphraseOnly() throws IOException {
    try (LogServer server = new LogServer(folder)) {
      key = server.newKey("correct horse");
    }

    assertThat(mistakes(SOUND))
        .containsExactly(
            new Mistake(
                folder.resolve("log-hosts.yaml").toString(),
                "line 9, column 7",
                "'"
                    + key
                    + "' cannot be used: it is no private key, or one that needs a passphrase",
                "Name the private key, readable for us; a passphrase comes from the"
                    + " environment."));
    assertThat(
            LogHostsFile.read(file(SOUND), new Secret("correct horse"), Optional.empty()).hosts())
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name: mdso-1 | nam: mdso-1 | line 4, column 5 | unknown key 'nam' | Did you mean 'name'?",
        "name: mdso-2 | name: mdso-1 | line 11, column 5 | 'mdso-1' stands twice"
            + " | Give one of them another name.",
        "name: mdso-2 | name: a/b | line 11, column 5 | 'a/b' is no name"
            + " | Write it like 'mdso-1'.",
        "archive: yes | folder: FOLDER⏎    archive: yes | line 13, column 5"
            + " | 'archive' has several of ssh, folder, archive | Give it exactly one.",
        "archive: yes | archive: no | line 13, column 5"
            + " | 'archive' has none of ssh, folder, archive | Give it exactly one.",
        "archive: yes | archive: maybe | line 14, column 5 | 'maybe' is neither yes nor no"
            + " | Write yes or no.",
        "port: 2222 | port: 0 | line 7, column 7 | '0' is no port"
            + " | Write a number from 1 to 65535.",
        "port: 2222 | prot: 22 | line 7, column 7 | unknown key 'prot' | Did you mean 'port'?",
        "user: orchscope | # | line 6, column 7 | 'user' is missing | Add 'user: …'.",
        "mdso-1.example.com | a b | line 6, column 7 | 'a b' is no host"
            + " | Write a name or an address.",
        "key: KEY | # | line 6, column 7 | there is no key"
            + " | Give 'key: FILE', or 'agent: yes' for the keys of the ssh-agent.",
        "key: KEY | key: KEY⏎      agent: yes | line 10, column 7 | there are a key and the agent"
            + " | Give 'key: FILE', or 'agent: yes' for the keys of the ssh-agent.",
        "key: KEY | agent: yes | line 9, column 7 | no ssh-agent is running"
            + " | Start it and export SSH_AUTH_SOCK.",
        "known-hosts: KNOWN | # | line 6, column 7 | 'known-hosts' is missing"
            + " | Add 'known-hosts: …'.",
        "known-hosts: KNOWN | known-hosts: nowhere | line 10, column 7 | 'nowhere' is no file |"
            + " Name one that is there, from the directory that we are started in or from '/' on.",
        "folder: FOLDER | folder: pom.xml | line 12, column 5 | 'pom.xml' is no directory | Name"
            + " one that is there, from the directory that we are started in or from '/' on.",
        "/var/plans | var/plans | line 1, column 1 | 'var/plans' is no pattern of folders"
            + " | Begin with '/', end without one; '*' stands for any text between two of them.",
        "/var/plans | /var/../plans | line 1, column 1 | '/var/../plans' is no pattern of folders"
            + " | Begin with '/', end without one; '*' stands for any text between two of them.",
        "/var/{adapter}/log | /var/log | line 2, column 1 | '/var/log' has no {adapter}"
            + " | Put it where the adapter's name is.",
        "ranokia | ra/nokia | line 17, column 5 | 'ra/nokia' is no name of folders"
            + " | Write it like 'rajuniper'.",
        "vendor: RAD | vendor: Nokia | line 19, column 5 | 'NOKIA' stands twice"
            + " | Keep one of them.",
        "adapters: | adaptors: | line 15, column 1 | unknown key 'adaptors'"
            + " | Did you mean 'adapters'?"
      })
  void refusesWhatIsWrong(String what, String with, String place, String reason, String remedy)
      throws IOException {
    assertThat(SOUND).contains(what);

    assertThat(mistakes(SOUND.replace(what, with.replace("⏎", "\n"))))
        .contains(new Mistake(folder.resolve("log-hosts.yaml").toString(), place, reason, remedy));
  }

  @Test
  void warnsOfAMountThatIsAwayAndBearsIt() throws IOException {
    LogPlaces places = read(SOUND.replace("folder: FOLDER", "folder: /mnt/away"));

    assertThat(places.hosts()).hasSize(3);
    assertThat(places.warnings(Path.of("config/log-hosts.yaml")))
        .containsExactly(
            new Mistake(
                "config/log-hosts.yaml",
                "host mdso-2, key folder",
                "'/mnt/away' is not there, or empty",
                "Mount it. Until then every circuit lacks the logs of mdso-2, which are tried"
                    + " again."));
    assertThat(read(SOUND).warnings(Path.of("config/log-hosts.yaml"))).isEmpty();
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() throws IOException {
    String text =
        SOUND.replace("port: 2222", "port: x").replace("folder: FOLDER", "folder: pom.xml");

    assertThat(mistakes(text))
        .extracting(Mistake::place)
        .containsExactly("line 7, column 7", "line 12, column 5");
  }

  private LogPlaces read(String text) throws IOException {
    return LogHostsFile.read(file(text), NO_PASSPHRASE, Optional.empty());
  }

  private List<Mistake> mistakes(String text) throws IOException {
    Path file = file(text);
    return catchThrowableOfType(
            InvalidFileException.class,
            () -> LogHostsFile.read(file, NO_PASSPHRASE, Optional.empty()))
        .mistakes();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(
        folder.resolve("log-hosts.yaml"),
        text.replace("KEY", key.toString())
            .replace("KNOWN", knownHosts.toString())
            .replace("FOLDER", folder.toString()));
  }
}
