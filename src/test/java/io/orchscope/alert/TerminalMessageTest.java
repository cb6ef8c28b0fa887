package io.orchscope.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalMessageTest {

  private static final long SEED = 20240301;

  @Test
  void saysInTwoLinesWhatWouldHaveBeenTold() {
    String plain = TerminalMessage.plain(Alerts.ordinary(), Alerts.ROOM, false);

    assertThat(plain)
        .isEqualTo(
            "ALERT DE-1000 service_mapper 80.L1XX.000001..TEST  Live device is unreachable → room"
                + " \"Service mapper\" (not sent: dry run)\n"
                + "      MDSO | Connectivity Error - Unreachable Live Device: device: ABCDTXAB1ZW"
                + " communication state: NOT-AVAILABLE equipment status: LIVE");
  }

  @Test
  void cutsTheErrorTo160Characters() {
    String exact =
        errorLine(TerminalMessage.plain(Alerts.saying("😀".repeat(160)), Alerts.ROOM, false));
    String longer =
        errorLine(TerminalMessage.plain(Alerts.saying("😀".repeat(161)), Alerts.ROOM, false));

    assertThat(exact).isEqualTo("😀".repeat(160));
    assertThat(longer).isEqualTo("😀".repeat(159) + "…");
  }

  @Test
  void movesNoCursorAndChangesNoColour() {
    HostileTexts texts = new HostileTexts(SEED);

    for (int i = 0; i < 500; i++) {
      String plain =
          TerminalMessage.plain(Alerts.hostileEverywhere(texts.next()), Alerts.ROOM, false);

      assertThat(plain.lines()).hasSize(2);
      assertThat(plain.codePoints().noneMatch(TerminalMessageTest::acts)).isTrue();
      assertThat(errorLine(plain).codePointCount(0, errorLine(plain).length()))
          .isLessThanOrEqualTo(160);
    }
  }

  private static boolean acts(int character) {
    return (Character.isISOControl(character) && character != '\n')
        || Character.getType(character) == Character.FORMAT;
  }

  private static String errorLine(String plain) {
    return plain.split("\n", -1)[1].substring(6);
  }
}
