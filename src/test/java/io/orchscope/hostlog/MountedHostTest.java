package io.orchscope.hostlog;

import static io.orchscope.hostlog.Trees.ID;
import static io.orchscope.hostlog.Trees.PLAN_FOLDER;
import static io.orchscope.hostlog.Trees.device;
import static io.orchscope.hostlog.Trees.hosts;
import static io.orchscope.hostlog.Trees.mentioning;
import static io.orchscope.hostlog.Trees.mounted;
import static io.orchscope.hostlog.Trees.named;
import static io.orchscope.hostlog.Trees.names;
import static io.orchscope.hostlog.Trees.plenty;
import static io.orchscope.hostlog.Trees.text;
import static io.orchscope.hostlog.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchscope.hostlog.LogGap.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class MountedHostTest {

  @TempDir private Path folder;

  @Test
  void isNeverLeftByALink() throws IOException {
    Path root = Files.createDirectories(folder.resolve("root"));
    Path outside = write(folder, "outside/" + ID + ".log", ID);
    Path log = write(root, PLAN_FOLDER + "/" + ID + ".log", ID);
    Path inside = write(root, "elsewhere/x.log", ID);
    Files.createSymbolicLink(log.resolveSibling("out-" + ID), outside);
    Files.createSymbolicLink(log.resolveSibling("in-" + ID), inside);
    Files.createSymbolicLink(
        log.resolveSibling("up-" + ID), Path.of("../../../../../../../outside/" + ID + ".log"));
    Path other = Files.createDirectories(root.resolve("opt/ciena/bp2/scriptplan-2/log"));
    Files.createSymbolicLink(other.resolve("plan-log"), folder.resolve("outside"));
    Files.createDirectories(log.resolveSibling("folder-" + ID));

    try (LogHosts hosts = hosts(mounted("mdso-1", root))) {
      LogSearch search = hosts.planLogs("mdso-1", mentioning(ID), plenty());

      assertThat(names(search)).containsExactlyInAnyOrder(ID + ".log", "in-" + ID);
      assertThat(search.gaps()).isEmpty();
    }
  }

  @Test
  void isNotLeftByALinkThatCameAfterTheFileWasFound() throws IOException {
    Path root = Files.createDirectories(folder.resolve("root"));
    Path outside = write(folder, "outside", "secret");
    Path log = write(root, PLAN_FOLDER + "/a.log", "text");

    try (LogHosts hosts = hosts(mounted("mdso-1", root))) {
      FoundLog found = hosts.planLogs("mdso-1", named("a"), plenty()).found().get(0);
      Files.delete(log);
      Files.createSymbolicLink(log, outside);
      IOException fault = catchThrowableOfType(IOException.class, () -> found.open(0));

      assertThat(HostFault.gap("mdso-1", "a.log", fault).reason()).isEqualTo(Reason.NOT_FOUND);
    }
  }

  @Test
  void hasRegularFilesOnly() throws Exception {
    Path log = write(folder, PLAN_FOLDER + "/" + ID + ".log", ID);
    Path pipe = log.resolveSibling("pipe-" + ID);
    int made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();

    try (LogHosts hosts = hosts(mounted("mdso-1", folder))) {
      LogSearch search = hosts.planLogs("mdso-1", mentioning(ID), plenty());

      assertThat(made).isZero();
      assertThat(names(search)).containsExactly(ID + ".log");
    }
  }

  @Test
  void isUnreachableWhileItIsNotMounted() {
    try (LogHosts hosts = hosts(mounted("mdso-1", folder.resolve("nowhere")))) {
      LogSearch plans = hosts.planLogs("mdso-1", named("a"), plenty());
      LogSearch records = hosts.raLogs("mdso-1", device(), plenty());

      assertThat(plans.gaps()).extracting(LogGap::reason).containsExactly(Reason.UNREACHABLE);
      assertThat(records.gaps())
          .extracting(LogGap::what)
          .containsExactly("RA logs of " + Trees.DEVICE);
    }
  }

  @Test
  void isAskedByItsName() {
    try (LogHosts hosts = hosts(mounted("b", folder), mounted("a", folder))) {
      assertThat(hosts.names()).isEqualTo(List.of("b", "a"));
      assertThatThrownBy(() -> hosts.planLogs("c", named("a"), plenty()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void mayHaveHostileNames() throws IOException {
    for (String name : List.of("a\nb", "$(x)", "'", "\"", ";", "\\", "😀", "-", "..x", " ")) {
      write(folder, PLAN_FOLDER + "/" + name, name);

      try (LogHosts hosts = hosts(Trees.ALWAYS_LISTED, mounted("mdso-1", folder))) {
        LogSearch search = hosts.planLogs("mdso-1", named(name), plenty());

        assertThat(names(search)).containsExactly(name);
        assertThat(text(search.found().get(0))).isEqualTo(name);
      }
    }
    try (LogHosts hosts = hosts(mounted("mdso-1", folder))) {
      for (String name : List.of("../../../../../etc/passwd", "\0", "x".repeat(4096), "", "/")) {
        LogSearch search = hosts.planLogs("mdso-1", named(name), plenty());

        assertThat(search.found()).isEmpty();
        assertThat(search.gaps()).isEmpty();
      }
    }
  }
}
