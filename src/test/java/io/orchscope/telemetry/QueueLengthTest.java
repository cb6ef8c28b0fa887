package io.orchscope.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many spans may wait for a backend that does not take them. */
final class QueueLengthTest {

  @ParameterizedTest(name = "{0} MiB of heap: {1}")
  @CsvSource({"64, 8192", "128, 8192", "256, 16384", "512, 32768", "1024, 65536", "4096, 65536"})
  void leavesMostOfTheHeapToTheWork(long mebibytes, String length) {
    assertThat(QueueLength.ofHeap(mebibytes * 1024 * 1024)).isEqualTo(length);
  }
}
