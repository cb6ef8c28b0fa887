package io.orchscope.hostlog;

import static io.orchscope.hostlog.Trees.ID;
import static io.orchscope.hostlog.Trees.LIMITS;
import static io.orchscope.hostlog.Trees.PLAN_FOLDER;
import static io.orchscope.hostlog.Trees.RA_FOLDER;
import static io.orchscope.hostlog.Trees.device;
import static io.orchscope.hostlog.Trees.hosts;
import static io.orchscope.hostlog.Trees.mentioning;
import static io.orchscope.hostlog.Trees.named;
import static io.orchscope.hostlog.Trees.names;
import static io.orchscope.hostlog.Trees.plenty;
import static io.orchscope.hostlog.Trees.text;
import static io.orchscope.hostlog.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchscope.FreePort;
import io.orchscope.hostlog.LogGap.Reason;
import io.orchscope.settings.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logs over SFTP, from a host that does what hosts do. */
@Timeout(300)
class SftpHostTest {

  private static final String NAME = "plan-script-" + ID + "-activate-2024-03-01T14:06:19.682Z";

  private static final HostLimits HASTY =
      new HostLimits(
          Duration.ofMinutes(1),
          Duration.ofMillis(500),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          4,
          1 << 20,
          1 << 20);

  /** The same for a host that does not even let us connect. */
  private static final HostLimits HASTIER =
      new HostLimits(
          Duration.ofMillis(500),
          HASTY.answer(),
          HASTY.idle(),
          HASTY.pause(),
          HASTY.fresh(),
          HASTY.channels(),
          HASTY.excerptBytes(),
          HASTY.archiveBytes());

  @TempDir private Path folder;
  private LogServer server;

  @BeforeEach
  void start() throws IOException {
    server = new LogServer(folder);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void readsTheLogThatATraceNames() throws IOException {
    write(server.root(), PLAN_FOLDER + "/" + NAME + ".log", "Starting execution\n");

    try (LogHosts hosts = hosts(server.host("mdso-1"))) {
      LogSearch search = hosts.planLogs("mdso-1", named(NAME), plenty());

      assertThat(search.gaps()).isEmpty();
      assertThat(search.found()).hasSize(1);
      assertThat(search.found().get(0).origin())
          .isEqualTo(
              new LogOrigin(
                  "mdso-1",
                  "/" + PLAN_FOLDER + "/" + NAME + ".log",
                  LogKind.PLAN,
                  Optional.empty()));
      assertThat(search.found().get(0).modifiedAt()).isEqualTo(Trees.TO);
      assertThat(text(search.found().get(0))).isEqualTo("Starting execution\n");
    }
  }

  @Test
  void usesOneConnectionForManySearchesAtOnce() throws Exception {
    write(server.root(), PLAN_FOLDER + "/" + NAME + ".log", "x".repeat(300_000));
    write(server.root(), RA_FOLDER + "/ra.log", "2024-03-01 14:07:00 " + Trees.DEVICE + "\n");

    try (LogHosts hosts = hosts(server.host("mdso-1"))) {
      ExecutorService threads = Executors.newFixedThreadPool(16);
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        answers.add(
            threads.submit(
                () -> {
                  LogSearch plans = hosts.planLogs("mdso-1", mentioning(ID), plenty());
                  LogSearch records = hosts.raLogs("mdso-1", device(), plenty());
                  return text(plans.found().get(0)).length() + text(records.found().get(0));
                }));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get(2, TimeUnit.MINUTES))
            .isEqualTo("300000" + "2024-03-01 14:07:00 " + Trees.DEVICE + "\n");
      }
      threads.shutdown();

      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.channels()).isBetween(1, LIMITS.channels());
      assertThat(hosts.figures()).containsExactly(new HostFigures("mdso-1", 1, server.bytes()));
    }
  }

  @Test
  void neverHasAnythingExecuted() throws IOException {
    List<String> hostile =
        List.of("'; touch x '", "$(touch x)", "`touch x`", "a\nb", "\"", "😀", "-rf", "*");
    for (String name : hostile) {
      write(server.root(), PLAN_FOLDER + "/" + name + ID, name);
    }
    write(server.root(), RA_FOLDER + "/$(id).log", "2024-03-01 14:07:00 " + Trees.DEVICE + "\n");

    try (LogHosts hosts = hosts(server.host("mdso-1"))) {
      LogSearch search =
          hosts.planLogs("mdso-1", mentioning(ID, "'; id '", "x".repeat(4096)), plenty());
      LogSearch records = hosts.raLogs("mdso-1", device(), plenty());

      assertThat(search.gaps()).isEmpty();
      assertThat(search.found()).hasSameSizeAs(hostile);
      for (FoundLog log : search.found()) {
        assertThat(text(log) + ID).isEqualTo(log.origin().name());
      }
      assertThat(names(records)).containsExactly("$(id).log");
      assertThat(server.otherRequests()).isEmpty();
    }
  }

  @Test
  void readsNoFileToWhichAPlanLogIsOnlyALink() throws IOException {
    Path secret = write(server.root(), "home/orchscope/secret", ID);
    Path log = write(server.root(), PLAN_FOLDER + "/" + ID + ".log", ID);
    Files.createSymbolicLink(log.resolveSibling("link-" + ID), secret);
    Files.createSymbolicLink(log.resolveSibling("near-" + ID), log.getFileName());
    Files.createSymbolicLink(log.resolveSibling("gone-" + ID), Path.of("nowhere"));

    try (LogHosts hosts = hosts(server.host("mdso-1"))) {
      LogSearch search = hosts.planLogs("mdso-1", mentioning(ID), plenty());

      assertThat(names(search)).containsExactlyInAnyOrder(ID + ".log", "near-" + ID);
      assertThat(search.gaps()).isEmpty();
    }
  }

  @Test
  void goesOnAtTheOffsetAfterTheConnectionBroke() throws IOException {
    String log = "0123456789".repeat(100_000);
    write(server.root(), PLAN_FOLDER + "/" + NAME, log);
    AtomicBoolean isBroken = new AtomicBoolean();
    server.beforeRead(
        (session, offset) -> {
          if (offset > 400_000 && isBroken.compareAndSet(false, true)) {
            session.close(true);
          }
        });

    try (LogHosts hosts = hosts(server.host("mdso-1"))) {
      FoundLog found = hosts.planLogs("mdso-1", named(NAME), plenty()).found().get(0);
      StringBuilder read = new StringBuilder();
      IOException fault =
          catchThrowableOfType(IOException.class, () -> readInto(read, found.open(0)));
      readInto(read, found.open(read.length()));

      assertThat(HostFault.gap("mdso-1", NAME, fault).reason()).isEqualTo(Reason.BROKE_OFF);
      assertThat(found.isResumable()).isTrue();
      assertThat(read).hasToString(log);
      assertThat(server.logins()).isEqualTo(2);
    }
  }

  @Test
  void goesOnWithASearchWhereTheConnectionBroke() throws IOException {
    String line = "2024-03-01T14:07:00Z DEBUG bpprov.bpo_1_x nothing to be seen here\n";
    write(
        server.root(),
        RA_FOLDER + "/ra.log",
        line.repeat(30_000) + "2024-03-01T14:07:00Z " + Trees.DEVICE + "\n");
    AtomicBoolean isBroken = new AtomicBoolean();
    server.beforeRead(
        (session, offset) -> {
          if (server.bytes() > 1_000_000 && isBroken.compareAndSet(false, true)) {
            session.close(true);
          }
        });

    try (LogHosts hosts = hosts(server.host("mdso-1"))) {
      LogSearch broken = hosts.raLogs("mdso-1", device(), plenty());
      long before = server.bytes();
      LogSearch search = hosts.raLogs("mdso-1", device(), plenty());

      assertThat(broken.gaps()).extracting(LogGap::reason).containsExactly(Reason.BROKE_OFF);
      assertThat(search.gaps()).isEmpty();
      assertThat(text(search.found().get(0)))
          .isEqualTo("2024-03-01T14:07:00Z " + Trees.DEVICE + "\n");
      assertThat(before).isGreaterThan(900_000);
      assertThat(server.bytes() - before).isLessThan(1_500_000);
    }
  }

  @Test
  void noticesAConnectionThatIsGoneOnlyByMakingANewOne() throws IOException {
    write(server.root(), PLAN_FOLDER + "/" + NAME, "log");

    try (LogHosts hosts = hosts(server.host("mdso-1"))) {
      hosts.planLogs("mdso-1", named(NAME), plenty());
      server.dropAll();
      LogSearch search = hosts.planLogs("mdso-1", named(NAME), plenty());

      assertThat(search.gaps()).isEmpty();
      assertThat(text(search.found().get(0))).isEqualTo("log");
      assertThat(server.logins()).isEqualTo(2);
    }
  }

  @Test
  void saysThatAHostIsDownAndAsksTheOthers() throws IOException {
    write(server.root(), PLAN_FOLDER + "/" + NAME, "log");
    LogHost up = server.host("mdso-1");
    LogHost.Ssh ssh = (LogHost.Ssh) up.access();
    LogHost down =
        new LogHost(
            "mdso-2",
            new LogHost.Ssh("127.0.0.1", freePort(), "orchscope", ssh.key(), ssh.knownHosts()));

    try (LogHosts hosts = hosts(down, up)) {
      LogSearch absent = hosts.planLogs("mdso-2", named(NAME), plenty());
      LogSearch again = hosts.raLogs("mdso-2", device(), plenty());
      LogSearch search = hosts.planLogs("mdso-1", named(NAME), plenty());

      assertThat(absent.gaps()).extracting(LogGap::reason).containsExactly(Reason.UNREACHABLE);
      assertThat(absent.gaps()).extracting(LogGap::what).containsExactly("plan logs");
      assertThat(again.gaps()).extracting(LogGap::reason).containsExactly(Reason.UNREACHABLE);
      assertThat(names(search)).containsExactly(NAME);
    }
  }

  @Test
  void saysThatAHostDoesNotTakeOurKeyAndLeavesItAlone() throws IOException {
    LogHost host =
        server.host(
            "mdso-1", Optional.of(server.strangeKey()), server.knownHosts(server.hostKeys()));

    try (LogHosts hosts = hosts(host)) {
      LogSearch first = hosts.planLogs("mdso-1", named(NAME), plenty());
      LogSearch second = hosts.planLogs("mdso-1", named(NAME), plenty());

      assertThat(first.gaps()).extracting(LogGap::reason).containsExactly(Reason.KEY_REFUSED);
      assertThat(second).isEqualTo(first);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void doesNotLogInToAHostThatNobodyKnows() throws IOException {
    LogHost host =
        server.host("mdso-1", Optional.of(server.newKey("")), server.knownHosts(List.of()));

    assertThat(reasonOf(host)).isEqualTo(Reason.HOST_KEY_UNKNOWN);
    assertThat(server.logins()).isZero();
  }

  @Test
  void doesNotLogInToAHostThatHasAnotherKeyThanItHad() throws IOException {
    Path before = server.knownHosts(List.of(LogServer.key(KeyPairProvider.SSH_ED25519)));
    String text = Files.readString(before);
    LogHost host = server.host("mdso-1", Optional.of(server.newKey("")), before);

    assertThat(reasonOf(host)).isEqualTo(Reason.HOST_KEY_UNKNOWN);
    assertThat(server.logins()).isZero();
    assertThat(before).hasContent(text);
  }

  @Test
  void knowsAHostThatHasMoreKeysThanAreKnown() throws IOException {
    try (LogServer two =
        new LogServer(
            folder, List.of(KeyPairProvider.ECDSA_SHA2_NISTP256, KeyPairProvider.SSH_RSA))) {
      for (int i = 0; i < 2; i++) {
        LogHost host =
            two.host(
                "mdso-1",
                Optional.of(two.newKey("")),
                two.knownHosts(List.of(two.hostKeys().get(i))));
        try (LogHosts hosts = hosts(host)) {
          assertThat(hosts.planLogs("mdso-1", named(NAME), plenty()).gaps()).isEmpty();
        }
      }
    }
  }

  @Test
  void waitsNoLongerThanItShouldForAHostThatSaysNothing() throws IOException {
    LogHost.Ssh ssh = (LogHost.Ssh) server.host("mdso-1").access();
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      LogHost host =
          new LogHost(
              "mdso-1",
              new LogHost.Ssh(
                  "127.0.0.1", mute.getLocalPort(), "orchscope", ssh.key(), ssh.knownHosts()));

      try (LogHosts hosts = hosts(HASTIER, host)) {
        LogSearch search = hosts.planLogs("mdso-1", named(NAME), plenty());

        assertThat(search.gaps()).extracting(LogGap::reason).containsExactly(Reason.TIMED_OUT);
      }
    }
  }

  @Test
  void waitsNoLongerThanItShouldForAnAnswer() throws IOException {
    write(server.root(), PLAN_FOLDER + "/x.log", "text");
    CountDownLatch never = new CountDownLatch(1);
    server.beforeRead((session, offset) -> await(never));

    try (LogHosts hosts = hosts(HASTY, server.host("mdso-1"))) {
      LogSearch hanging = hosts.planLogs("mdso-1", mentioning(ID), plenty());
      LogSearch next = hosts.planLogs("mdso-1", mentioning(ID), plenty());

      assertThat(hanging.gaps()).extracting(LogGap::reason).containsExactly(Reason.TIMED_OUT);
      assertThat(next.gaps()).extracting(LogGap::reason).containsExactly(Reason.TIMED_OUT);
      assertThat(server.logins()).isEqualTo(1);
    } finally {
      never.countDown();
    }
  }

  @Test
  void logsInWithAKeyThatNeedsAPassphrase() throws IOException {
    Path key = server.newKey("correct horse");
    LogHost host = server.host("mdso-1", Optional.of(key), server.knownHosts(server.hostKeys()));
    Secret passphrase = new Secret("correct horse");

    try (LogHosts hosts = hosts(LIMITS, passphrase, Optional.empty(), host)) {
      assertThat(hosts.planLogs("mdso-1", named(NAME), plenty()).gaps()).isEmpty();
    }
    assertThat(reasonOf(host)).isEqualTo(Reason.KEY_REFUSED);
  }

  @Test
  void logsInWithAKeyOfTheSshAgent() throws IOException {
    KeyPair key = LogServer.key(KeyPairProvider.SSH_ED25519);
    server.welcome(key.getPublic());
    LogHost host = server.host("mdso-1", Optional.empty(), server.knownHosts(server.hostKeys()));

    try (KeyAgent agent = new KeyAgent(folder, key);
        LogHosts hosts = hosts(LIMITS, new Secret(""), Optional.of(agent.socket()), host)) {
      assertThat(hosts.planLogs("mdso-1", named(NAME), plenty()).gaps()).isEmpty();
      assertThat(server.logins()).isEqualTo(1);
    }
    assertThat(reasonOf(host)).isEqualTo(Reason.KEY_REFUSED);
  }

  @Test
  void saysWhichFilesMayNotBeRead() throws IOException {
    write(server.root(), PLAN_FOLDER + "/sound.log", ID);
    write(server.root(), PLAN_FOLDER + "/odd.log", ID);
    server.refuse("odd.log");

    try (LogHosts hosts = hosts(server.host("mdso-1"))) {
      LogSearch search = hosts.planLogs("mdso-1", mentioning(ID), plenty());

      assertThat(names(search)).containsExactly("sound.log");
      assertThat(search.gaps()).extracting(LogGap::reason).containsExactly(Reason.NOT_READABLE);
      assertThat(search.gaps())
          .extracting(LogGap::what)
          .containsExactly("/" + PLAN_FOLDER + "/odd.log");
    }
  }

  @Test
  void saysToEachCircuitWhichFoldersMayNotBeListed() throws IOException {
    write(server.root(), PLAN_FOLDER + "/a.log", ID);
    write(server.root(), "opt/ciena/bp2/scriptplan-2/log/plan-log/b.log", ID);
    write(server.root(), RA_FOLDER + "/ra.log", "2024-03-01 14:07:00 " + Trees.DEVICE + "\n");
    server.refuse("plan-log");

    try (LogHosts hosts = hosts(server.host("mdso-1"))) {
      for (int i = 0; i < 2; i++) {
        LogSearch search = hosts.planLogs("mdso-1", mentioning(ID), plenty());

        assertThat(search.gaps())
            .extracting(LogGap::what)
            .containsExactly("/" + PLAN_FOLDER, "/opt/ciena/bp2/scriptplan-2/log/plan-log");
        assertThat(search.gaps()).extracting(LogGap::reason).containsOnly(Reason.NOT_READABLE);
      }
      assertThat(hosts.raLogs("mdso-1", device(), plenty()).gaps()).isEmpty();
    }
  }

  private static Reason reasonOf(LogHost host) {
    try (LogHosts hosts = hosts(host)) {
      LogSearch search =
          hosts.planLogs(
              "mdso-1", new PlanLogsWanted(Set.of(NAME), Set.of(), Trees.FROM, Trees.TO), plenty());
      assertThat(search.gaps()).hasSize(1);
      return search.gaps().get(0).reason();
    }
  }

  private static void readInto(StringBuilder read, InputStream from) throws IOException {
    try (InputStream in = from) {
      byte[] chunk = new byte[10_000];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        read.append(new String(chunk, 0, count, StandardCharsets.US_ASCII));
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() {
    return FreePort.next();
  }
}
