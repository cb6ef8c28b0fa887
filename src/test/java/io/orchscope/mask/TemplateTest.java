package io.orchscope.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stays of a text when names, numbers and times are taken out. */
final class TemplateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          device: ABCDTXAB1ZW communication state: NOT-AVAILABLE ~ device: # communication state: not-available
          Route for IP 198.51.100.8/29 already exists on device ~ route for ip # already exists on device
          lagged port: AE12 port roles: ['UNI', 'INNI'] ~ lagged port: # port roles: #
          DEVICE ROLE CPE is INVALID for ADVA FSP 150-GE114PRO-C ~ device role cpe is invalid for #
          command: get-interface.json code: 504 response: what? (timeout*) $5 ~ command: # code: # response: #
          unable to get port ETH PORT 1/2, ge-0/0/8.1181 and XE-1/0/3 ~ unable to get port #
          circuit 80.L1XX.000001..TEST at 2026-01-02T03:04:05.678Z ~ circuit # at #
          bpo_7f3a1c2d-0000-4000-8000-00000000000a_7f3a::TPE_x_PTP ~ #
          host TSTCO01W.EXAMPLE.COM. ~ host # .
          Error in scripts.networkservice.circuitdetailscollector.Activate, IP x ~ error in scripts.networkservice.circuitdetailscollector.activate, ip x
          Error in scripts.l2circuit.mapper.Activate, gone ~ error in scripts.l2circuit.mapper.activate, gone
          charter.resourceTypes.DeviceOnboarder ~ charter.resourcetypes.deviceonboarder
          Failed task:(1) activate ~ failed task:( # ) activate
          missing: LAN IPv4 and IPv6 ~ missing: lan ipv4 and ipv6
          'NoneType' object is not subscriptable ~ 'nonetype' object is not subscriptable
          spoke {'model': 'a', 'x': ['it''s', 1] ~ spoke #
          before {'a': '}'} after ~ before # after
          hit exception: <xnm:error><message>mtu</message></xnm:error> ~ hit exception: #
          if a < b and c > d ~ if a < b and c > d
          level -12.5 dBm and +3 dBm ~ level #
          loss: 40% rtt: 12.3 ms, then 12.3ms ~ loss: # rtt: # , then #
          version: 6.8.2(3.67) minimum: 6.8.5 ~ version: # minimum: #
          exceeded 900 seconds, limit 1 hour ~ exceeded # , limit #
          optic: SFP-BX-U site name: Northgate, model: None ~ optic: # site name: # , model: #
          Unreachable Live Device: device: ABCDTXABCZW state: DOWN ~ unreachable live device: device: # state: down
          CPE Device: uplink not found ~ cpe device: uplink not found
          took 0:15:03.123456 at 14:06:20 ~ took # at #
          session closed by user jdoe again ~ session closed by user # again
          File 'a/x2.py', line 12, in get_port: gone ~ file ' # ', line # , in # : gone
          invalid literal for int() with base 10: 'n/a' ~ invalid literal for int() with base # ' # '
          fe80::1%eth0 of location AUSTTXAB is not global ~ # of location # is not global
          missing FQDN: FQDN: device ~ missing fqdn: fqdn: device
          since Mon Jan 12 10:00:00 UTC 2026 ~ since # utc #
          2001:db8::1/64 is down ~ # is down
          see /bp2/log/plan/a.log ~ see #
          """)
  void keepsWordsAndTakesOutValues(String text, String words) {
    assertThat(Template.of(text).text()).isEqualTo(words);
  }

  @Test
  void holdsEveryCharacterOfTheText() {
    LabelledErrors errors = new LabelledErrors(1);

    assertThat(errors.some(LabelledErrors.KINDS, 5))
        .allSatisfy(
            error ->
                assertThat(
                        Template.of(error.raw()).pieces().stream()
                            .map(Piece::text)
                            .reduce("", String::concat))
                    .isEqualTo(error.raw()));
  }

  @Test
  void knowsTheModuleBehindANormalisedText() {
    Template template = Template.ofNormalised("Lag Details: AE4 - circuitdetailscollector");

    assertThat(template.text()).isEqualTo("lag details: #");
    assertThat(template.module()).isEqualTo("circuitdetailscollector");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "{'",
        "A.",
        "a:",
        "/x",
        "<a ",
        "0:",
        "-1",
        "x@",
        "A1-",
        "'",
        "Jan ",
        "A-",
        "SFP-",
        "RAD ",
        "locked by "
      })
  void needsTimeInProportionToTheText(String piece) {
    String text = piece.repeat(25_000 / piece.length());
    String longer = piece.repeat(100_000 / piece.length());
    nanos(text);

    long once = nanos(text);
    long fourfold = nanos(longer);

    // Quadratic time would be 16 times as much; 20 ms are for whatever else the machine does.
    assertThat(fourfold).isLessThan(10 * once + 20_000_000);
  }

  /** The least processor time of this thread, so that others on the machine do not count. */
  private static long nanos(String text) {
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      long from = thread.getCurrentThreadCpuTime();
      assertThat(Template.of(text).pieces()).isNotEmpty();
      best = Math.min(best, thread.getCurrentThreadCpuTime() - from);
    }
    return best;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 Client Error: Unauthorized for url: https://a.example.com/x"
            + " | 404 Client Error: Not Found for url: https://a.example.com/x",
        "Invalid payload: vlan is missing | Invalid payload: device role PE is unknown",
        "caused by KeyError at step 3 | caused by TimeoutError at step 3",
        "blocked by lock on device | blocked by validation on device",
        "locked by firewall on 192.0.2.1 | locked by policy on 192.0.2.1",
        "Order is REJECTED | Order is EXECUTED",
        "HARDWARE fault on card 3 | FIRMWARE fault on card 3",
        "ring PRIMARY is down | ring STANDBY is down",
        "scripts/commit.py failed | scripts/rollback.py failed"
      })
  void keepsApartWhatOnlyLooksLikeNames(String one, String other) {
    assertThat(Template.of(one).text()).isNotEqualTo(Template.of(other).text());
  }
}
