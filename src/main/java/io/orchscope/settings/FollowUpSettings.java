package io.orchscope.settings;

import io.orchscope.settings.Setting.Kind;
import java.util.List;

/** The settings of what is done for a circuit after it was decided. */
final class FollowUpSettings {

  static final List<Setting> ALL =
      List.of(
          Setting.of("beorn.url", Kind.LINK, ""),
          Setting.of("beorn.proxy", Kind.PROXY, ""),
          Setting.of("beorn.proxy-password", Kind.SECRET, ""),
          Setting.text("beorn.path", "/beorn/v3/topologies"),
          Setting.of("follow-up.look-every", Kind.DURATION, "2s"),
          Setting.of("follow-up.circuits-at-once", Kind.COUNT, "4"),
          Setting.of("follow-up.first-pause", Kind.DURATION, "1m"),
          Setting.of("follow-up.longest-pause", Kind.DURATION, "1h"),
          Setting.of("follow-up.longest-age", Kind.DURATION, "24h"),
          Setting.text("logs.hosts-file", "log-hosts.yaml"),
          Setting.of("logs.hosts-at-once", Kind.COUNT, "8"),
          Setting.of("logs.megabytes-per-circuit", Kind.COUNT, "256"),
          Setting.of("logs.time-per-circuit", Kind.DURATION, "2m"),
          Setting.of("logs.answer-within", Kind.DURATION, "20s"),
          Setting.of("logs.leave-host-alone", Kind.DURATION, "30s"),
          Setting.of("logs.key-passphrase", Kind.SECRET, ""),
          Setting.text("devices.username", ""),
          Setting.of("devices.password", Kind.SECRET, ""),
          Setting.text("devices.known-hosts", "var/devices.known_hosts"),
          Setting.text("devices.addresses", ""),
          Setting.text("error-tests.file", "error-tests.yaml"),
          Setting.of("error-tests.at-once", Kind.COUNT, "8"),
          Setting.of("error-tests.longest", Kind.DURATION, "45s"),
          Setting.text("logs.root", "var/host-logs"),
          Setting.choice("logs.layout", "own", "legacy"),
          Setting.of("logs.keep-for", Kind.KEEPING, "90d"),
          Setting.of("logs.keep-megabytes", Kind.COUNT, "20000"));

  private FollowUpSettings() {}
}
