package io.orchscope.mdso;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.defect.Outcome;
import io.orchscope.settings.Products;
import io.orchscope.settings.ProductsFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A poll whose queued circuits are left to the next one because the process stops. */
final class CircuitsLeftOverTest {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  @Test
  @Timeout(60)
  void endsAsIncompleteOnceTheOthersAreDecided() throws Exception {
    Clock clock = Clock.systemUTC();
    Products products = ProductsFile.read(Path.of("config/products.yaml"));
    Poll poll = new Polls(products, 10, LIMIT, LIMIT, clock).begin("service_mapper");
    PollProgress progress = new PollProgress(poll, clock);
    progress.listed(2, 0, 0, 0);
    progress.handOver();
    progress.handOver();
    progress.complete();

    progress.decided(Outcome.HEALTHY);
    progress.leftOver();

    assertThat(progress.awaitCircuits(LIMIT)).isFalse();
    assertThat(progress.summary().incomplete()).isTrue();
    assertThat(progress.summary().decided()).isEqualTo(1);
  }
}
