package io.orchscope.hostlog;

import static io.orchscope.hostlog.Trees.FROM;
import static io.orchscope.hostlog.Trees.ID;
import static io.orchscope.hostlog.Trees.LIMITS;
import static io.orchscope.hostlog.Trees.PROVIDER;
import static io.orchscope.hostlog.Trees.TO;
import static io.orchscope.hostlog.Trees.device;
import static io.orchscope.hostlog.Trees.gzip;
import static io.orchscope.hostlog.Trees.mentioning;
import static io.orchscope.hostlog.Trees.named;
import static io.orchscope.hostlog.Trees.names;
import static io.orchscope.hostlog.Trees.places;
import static io.orchscope.hostlog.Trees.plenty;
import static io.orchscope.hostlog.Trees.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchscope.hostlog.LogGap.Reason;
import io.orchscope.settings.Clocks;
import io.orchscope.settings.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** MDSO's log archive, a zip of all logs since a time. */
class ArchiveHostTest {

  private static final String NAME = "plan-script-" + ID + "-activate-2024-03-01T14:06:19.682Z";

  private final List<String> asked = new ArrayList<>();

  @Test
  void hasTheLogsOfAllFolders() throws IOException {
    byte[] zip =
        zip(
            new Member("logs/host-1/plan-log/" + NAME + ".log", "run of " + ID),
            new Member("other.log", "mentions " + ID + " but is no plan log"),
            new Member("logs/host-1/plan-log/b.txt", "its parent " + ID),
            new Member("host-2/rajuniper/ra.log", FROM + " " + PROVIDER + " a\n"),
            new Member("host-2/radra/ra.log", FROM + " " + PROVIDER + " b\n"));

    try (LogHosts hosts = hosts(zip)) {
      LogSearch plans = hosts.planLogs("archive", mentioning(ID), plenty());
      LogSearch records = hosts.raLogs("archive", device(), plenty());

      assertThat(plans.gaps()).isEmpty();
      assertThat(names(plans)).containsExactly(NAME + ".log", "b.txt");
      assertThat(plans.found().get(0).isResumable()).isFalse();
      assertThat(plans.found().get(0).modifiedAt()).isEqualTo(TO);
      assertThat(text(plans.found().get(0))).isEqualTo("run of " + ID);
      assertThat(records.gaps()).isEmpty();
      assertThat(text(records.found().get(0))).isEqualTo(FROM + " " + PROVIDER + " a\n");
      assertThat(asked)
          .containsExactly(
              "/logarchive/api/v1/logs?start_time=2024-03-01T14%3A00%3A00Z&format=zip");
      assertThat(hosts.figures()).containsExactly(new HostFigures("archive", 1, zip.length));
    }
  }

  @Test
  void isFetchedAnewForAnEarlierTime() throws IOException {
    byte[] zip = zip(new Member(NAME, "run"));
    PlanLogsWanted earlier =
        new PlanLogsWanted(named(NAME).names(), Set.of(), FROM.minus(Duration.ofHours(2)), TO);

    try (LogHosts hosts = hosts(zip)) {
      FoundLog before = hosts.planLogs("archive", named(NAME), plenty()).found().get(0);
      try (InputStream half = before.open(0)) {
        assertThat(half.read()).isEqualTo('r');
        hosts.planLogs("archive", earlier, plenty());
        hosts.planLogs("archive", named(NAME), plenty());

        assertThat(asked).hasSize(2);
        assertThat(half.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("un");
      }
      assertThat(text(before)).isEqualTo("run");
      assertThat(spooled()).hasSize(1);
    }
    assertThat(spooled()).isEmpty();
  }

  @Test
  void hasNamesThatAreNeverPaths() throws IOException {
    byte[] zip =
        zip(
            new Member("../../../../tmp/orchscope-slip/" + NAME, "a"),
            new Member("/etc/" + NAME + ".log", "b"),
            new Member("C:\\x\\" + NAME + ".txt", "c"),
            new Member("plan-log/\u0001\n" + ID, "d"));

    try (LogHosts hosts = hosts(zip)) {
      LogSearch search = hosts.planLogs("archive", mentioning(ID), plenty());

      assertThat(names(search))
          .containsExactlyInAnyOrder(NAME, NAME + ".log", NAME + ".txt", "\u0001\n" + ID);
      assertThat(Path.of("/tmp/orchscope-slip")).doesNotExist();
      assertThat(spooled()).hasSize(1);
    }
  }

  @Test
  void mayHaveCompressedLogsInIt() throws IOException {
    byte[] zip = zip(new Member(NAME + ".log.gz", gzip("packed twice")));

    try (LogHosts hosts = hosts(zip)) {
      FoundLog log = hosts.planLogs("archive", named(NAME), plenty()).found().get(0);

      assertThat(text(log)).isEqualTo("packed twice");
    }
  }

  @Test
  void isNotUnpackedWhenItIsABomb() throws IOException {
    byte[] zip = zip(new Member(NAME, new byte[100_000_000]));

    try (LogHosts hosts = hosts(zip)) {
      FoundLog log = hosts.planLogs("archive", named(NAME), plenty()).found().get(0);
      IOException fault = catchThrowableOfType(IOException.class, () -> text(log));

      assertThat(HostFault.gap("archive", NAME, fault).reason()).isEqualTo(Reason.NOT_READABLE);
    }
  }

  @Test
  void isGivenUpWhenItListsVeryManyEntries() throws IOException {
    Member[] many = new Member[ZipEnd.MOST_ENTRIES + 1];
    for (int i = 0; i < many.length; i++) {
      many[i] = new Member(Integer.toString(i), new byte[0]);
    }

    assertThat(reasonOf((path, query) -> new ByteArrayInputStream(zip(many))))
        .isEqualTo(Reason.NOT_READABLE);
    assertThat(spooled()).isEmpty();
  }

  @Test
  void isGivenUpWhenItIsTooLarge() throws IOException {
    assertThat(reasonOf((path, query) -> new Endless())).isEqualTo(Reason.TOO_MUCH);
    assertThat(spooled()).isEmpty();
  }

  @Test
  void saysWhyItCannotBeFetched() throws IOException {
    assertThat(reasonOf(failing(new ConnectException("refused")))).isEqualTo(Reason.UNREACHABLE);
    assertThat(reasonOf(failing(new SocketTimeoutException("slow")))).isEqualTo(Reason.TIMED_OUT);
    assertThat(reasonOf(failing(new FileNotFoundException("404")))).isEqualTo(Reason.NOT_FOUND);
    assertThat(reasonOf((path, query) -> new ByteArrayInputStream(new byte[] {1, 2, 3})))
        .isEqualTo(Reason.NOT_READABLE);
    assertThat(reasonOf((path, query) -> new ByteArrayInputStream(new byte[0])))
        .isEqualTo(Reason.NOT_READABLE);
    byte[] zip = zip(new Member(NAME, "run"));
    assertThat(reasonOf((path, query) -> new ByteArrayInputStream(zip, 0, zip.length / 2)))
        .isEqualTo(Reason.NOT_READABLE);
    assertThat(spooled()).isEmpty();
  }

  @Test
  void isNotFetchedAgainAtOnceAfterItCouldNotBe() {
    try (LogHosts hosts =
        hosts(
            (path, query) -> {
              asked.add(query);
              throw new ConnectException("refused");
            })) {
      hosts.planLogs("archive", named(NAME), plenty());
      LogSearch again = hosts.raLogs("archive", device(), plenty());

      assertThat(again.gaps()).extracting(LogGap::reason).containsExactly(Reason.UNREACHABLE);
      assertThat(asked).hasSize(1);
    }
  }

  private static Fetch failing(IOException fault) {
    return (path, query) -> {
      throw fault;
    };
  }

  private static Reason reasonOf(Fetch fetch) {
    try (LogHosts hosts = hosts(fetch)) {
      LogSearch search = hosts.planLogs("archive", named(NAME), plenty());
      assertThat(search.found()).isEmpty();
      assertThat(search.gaps()).hasSize(1);
      return search.gaps().get(0).reason();
    }
  }

  private LogHosts hosts(byte[] zip) {
    return hosts(
        (path, query) -> {
          asked.add(path + "?" + query);
          return new ByteArrayInputStream(zip);
        });
  }

  private static LogHosts hosts(Fetch fetch) {
    LogHost host = new LogHost("archive", new LogHost.Archive());
    return new LogHosts(
        places(host), LIMITS, new Secret(""), Optional.empty(), fetch, Clocks.ofThisMachine());
  }

  private static List<Path> spooled() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(ArchiveFiles.PREFIX))
          .toList();
    }
  }

  private static byte[] zip(Member... members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Member member : members) {
        ZipEntry entry = new ZipEntry(member.name());
        entry.setLastModifiedTime(FileTime.from(TO));
        out.putNextEntry(entry);
        out.write(member.content());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** An entry to be. */
  private record Member(String name, byte[] content) {

    private Member(String name, String content) {
      this(name, content.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** An answer that does not end. */
  private static final class Endless extends InputStream {

    @Override
    public int read() {
      return 'P';
    }

    @Override
    public int read(byte[] into, int start, int length) {
      return length;
    }
  }
}
