package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages whose room refuses them are kept, and sent once it does not any more. */
final class DeadLettersIT {

  private static final long LIMIT_SECONDS = 300;
  private static final String ROOM = "sim-room-service-mapper";

  @TempDir private Path folder;

  @Test
  void sendsMessagesAgainThatARoomHasRefused() throws Exception {
    try (Simulator refusing = world(Map.of("webex-status." + ROOM, "404"));
        Simulator taking = world(Map.of())) {
      Program refused = Program.in(folder.resolve("home"), settings(refusing));
      Program taken = refused.with(settings(taking));

      Program.Ended collected = run(refused, "collect", "--product", "service_mapper", "--json");
      long owed =
          new ObjectMapper()
              .readTree(collected.out())
              .path("polls")
              .path(0)
              .path("defective")
              .asLong();
      List<String> keys = keys(refused);
      Program.Ended again = run(refused, "dead-letters", "retry", keys.get(0));
      Program.Ended dropped = run(refused, "dead-letters", "drop", keys.get(1));
      Program.Ended unknown = run(refused, "dead-letters", "drop", "alert/none");
      Program.Ended sent = run(taken, "dead-letters", "retry");
      Program.Ended listed = run(taken, "dead-letters", "list");

      assertThat(owed).isGreaterThan(3);
      // One may be the word about circuits that could not be examined.
      assertThat(keys).hasSizeBetween(2, (int) owed + 1).allMatch(key -> key.startsWith("alert/"));
      assertThat(again.out())
          .startsWith("Refused  " + keys.get(0) + ": HTTP 404 from ")
          .endsWith("1 tried again, 1 refused.\n");
      assertThat(again.exitCode()).isEqualTo(2);
      assertThat(dropped.out()).isEqualTo("Dropped " + keys.get(1) + "\n");
      assertThat(unknown.err()).contains("There is no dead letter 'alert/none'");
      assertThat(unknown.exitCode()).isEqualTo(1);
      assertThat(sent.out())
          .contains("Sent     " + keys.get(0))
          .endsWith((keys.size() - 1) + " tried again, 0 refused.\n");
      assertThat(sent.exitCode()).isZero();
      assertThat(taking.messages()).hasSize(keys.size() - 1);
      assertThat(listed.out()).isEqualTo("0 dead letters.\n");
    }
  }

  private static List<String> keys(Program program) throws Exception {
    JsonNode letters =
        new ObjectMapper().readTree(run(program, "dead-letters", "list", "--json").out());
    return letters.findValuesAsText("key");
  }

  private static Program.Ended run(Program program, String... words) {
    return program.run(List.of(words), LIMIT_SECONDS);
  }

  private static Simulator world(Map<String, String> more) {
    Map<String, String> words = new HashMap<>(more);
    words.put("products", "ServiceMapper");
    words.put("resources", "40");
    return Simulator.start(SimulatorOptions.parse(words));
  }

  private static Map<String, String> settings(Simulator simulator) {
    Map<String, String> settings = new HashMap<>();
    settings.put("mdso.url", simulator.mdsoUrl().toString());
    settings.put("mdso.username", simulator.credentials().username());
    settings.put("mdso.password", simulator.credentials().password());
    settings.put("mdso.tenant", simulator.credentials().tenant());
    settings.put("webex.url", simulator.webexUrl().toString());
    settings.put("webex.token", simulator.credentials().webexBotToken());
    settings.put("alerts.channel", "webex");
    settings.put("poll.look-back", "36500d");
    settings.put("ledger.keep-for", "0");
    settings.put("retry.delay", "20ms");
    settings.put("evidence.fsync", "no");
    settings.put("routes.reload", "no");
    return settings;
  }
}
