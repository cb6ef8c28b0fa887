package io.orchscope.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  private static final List<String> KNOWN =
      List.of("service_mapper", "network_service", "network_service_update", "js", "json");

  @ParameterizedTest
  @CsvSource({
    "service_maper, service_mapper",
    "service-mapper, service_mapper",
    "sevrice_mapper, service_mapper",
    "network_servise, network_service",
    "network_service_updates, network_service_update",
    "service_mapper, service_mapper"
  })
  void namesTheWordThatWasMeant(String typed, String meant) {
    assertThat(Nearest.to(typed, KNOWN)).contains(meant);
  }

  @Test
  void takesTheLongerOfTwoThatAreAsNear() {
    assertThat(Nearest.to("jsn", KNOWN)).contains("json");
  }

  @Test
  void keepsQuietWhenNothingIsNear() {
    assertThat(Nearest.to("interface_configuration", KNOWN)).isEqualTo(Optional.empty());
    assertThat(Nearest.to("anything", List.of())).isEqualTo(Optional.empty());
  }
}
