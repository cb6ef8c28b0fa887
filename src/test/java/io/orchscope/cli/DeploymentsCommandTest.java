package io.orchscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code orchscope deployments}. */
final class DeploymentsCommandTest {

  @TempDir private Path folder;

  private record Answer(int exit, String out, String err) {}

  @BeforeEach
  void configure() throws Exception {
    Path config = Files.createDirectories(folder.resolve("config"));
    for (String name : new String[] {"products.yaml", "defect-rules.yaml", "rooms.yaml"}) {
      Files.copy(Path.of("config", name), config.resolve(name));
    }
    Files.writeString(
        config.resolve("application.properties"),
        Files.readString(Path.of("config/application.properties"))
            .replaceFirst("(?m)^ledger.file = .*", "ledger.file = " + folder + "/ledger.db"));
  }

  @Test
  void marksDeploymentsAndListsThem() throws Exception {
    Answer none = orchscope("list");
    Answer marked =
        orchscope(
            "mark",
            "service_mapper",
            "network_service",
            "--by",
            "ada",
            "--note",
            "release\u001B 24.1",
            "--at",
            "2024-03-01T12:00:00Z");
    Answer now = orchscope("mark", "service_mapper", "--by", "bob");
    Answer all = orchscope("list");
    JsonNode json =
        new ObjectMapper()
            .readTree(orchscope("list", "--product", "network_service", "--json").out());

    assertThat(none.out()).isEqualTo("0 deployments.\n");
    assertThat(marked.out())
        .isEqualTo(
            "A deployment of service_mapper is marked at 2024-03-01T12:00:00Z\n"
                + "A deployment of network_service is marked at 2024-03-01T12:00:00Z\n");
    assertThat(now.exit()).isZero();
    assertThat(all.out().lines().skip(1))
        .containsExactly(
            "2024-03-01T12:00:00Z  network_service            by ada: release· 24.1",
            "2024-03-01T12:00:00Z  service_mapper             by ada: release· 24.1",
            "3 deployments.");
    assertThat(json).hasSize(1);
    assertThat(json.get(0).path("who").asText()).isEqualTo("ada");
  }

  @Test
  void marksAllProductsAtOnce() {
    assertThat(orchscope("mark", "all", "--by", "ada").out().lines()).hasSizeGreaterThan(10);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(orchscope("mark", "service_maper", "--by", "ada").err())
        .contains("there is no product of this type", "Did you mean 'service_mapper'?");
    assertThat(orchscope("mark", "service_mapper", "--by", "ada", "--at", "noon").err())
        .contains("'noon' is no moment", "as in 2024-03-01T12:00:00Z");
    assertThat(orchscope("mark", "service_mapper", "--by", "a", "--at", "2999-01-01T00:00:00Z"))
        .matches(answer -> answer.exit() == Exit.OUR_FILES)
        .matches(answer -> answer.err().contains("lies ahead"));
    assertThat(orchscope("mark", "service_mapper").exit()).isEqualTo(Exit.OUR_FILES);
    assertThat(folder.resolve("ledger.db")).doesNotExist();
  }

  private Answer orchscope(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of("deployments"));
    all.addAll(List.of(words));
    all.addAll(List.of("--config", folder.resolve("config").toString()));
    int exit =
        Commands.execute(
            new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    return new Answer(exit, out.toString(), err.toString());
  }
}
