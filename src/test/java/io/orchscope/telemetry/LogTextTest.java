package io.orchscope.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.orchscope.settings.Redaction;
import io.orchscope.settings.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the log files of {@code config/logback.xml}, and who may read them. */
final class LogTextTest {

  @TempDir private Path folder;

  @Test
  void writesNeitherSecretsNorMarksOfWritingDirectionIntoAnyFile() throws Exception {
    Redaction redaction = new Redaction();
    redaction.hide(new Secret("Zq7/Kw+9=%Lm"));
    LogText.install(redaction);
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    try {
      configure(context);
      for (String name : new String[] {"io.orchscope.Some", "orchscope.traces"}) {
        context
            .getLogger(name)
            .atError()
            .addKeyValue("label", "a\u202eb\u0085c")
            .setCause(new IllegalStateException("DELETE /t/Zq7%2FKw%2B9%3D%25Lm \u2066x"))
            .log("with password=hunter2x \u202e\u061c\u200f\u2028\u001b[31m{}", "Zq7/Kw+9=%Lm");
      }
    } finally {
      context.stop();
    }

    for (String name : new String[] {"orchscope.log", "traces.log"}) {
      Path file = folder.resolve("var/log").resolve(name);
      String text = Files.readString(file);
      assertThat(text).as(name).contains("password=***").contains("u202e");
      assertThat(text).doesNotContain("hunter2x", "Zq7", "\u202e", "\u2066", "\u0085", "\u001b");
      assertThat(text).doesNotContain("\u2028", "\u061c", "\u200f");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("var/log"))))
        .isEqualTo("rwx------");
  }

  private void configure(LoggerContext context) throws Exception {
    String shipped = Files.readString(Path.of("config/logback.xml"));
    Path file = folder.resolve("logback.xml");
    Files.writeString(file, shipped.replace("var/log/", folder + "/var/log/"));
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(file.toFile());
  }
}
