package io.orchscope.simulator;

/** What the simulated neighbours accept as a login; invented, and good nowhere else. */
public record Credentials(String username, String password, String tenant, String webexBotToken) {

  /** A password of devices, which MDSO should mask and which some of its logs show. */
  public static final String MISSED_PASSWORD = "simulated-device-password";

  static Credentials invented() {
    return new Credentials(
        "svc-orchscope", "simulated-password", "master", "simulated-webex-bot-token");
  }
}
