package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.cli.TypedCommand;
import io.orchscope.console.Users;
import io.orchscope.ledger.AuditTrail;
import io.orchscope.ledger.FailureGroups;
import io.orchscope.ledger.GroupRow;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.simulator.Simulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page where others reach it, too: passwords, roles, TLS. */
final class PageSecurityTest {

  private static final String PASSWORD = "correct horse battery";
  private static final String OTHER = "wrong horse battery";

  @TempDir private static Path folder;

  private static int port;
  private static Simulator simulator;
  private static Running running;
  private static Path users;

  @BeforeAll
  static void start() throws Exception {
    port = PageClient.freePort();
    users = folder.resolve("users.yaml");
    Files.writeString(
        users,
        "users:\n" + Users.entry("vera", false, PASSWORD) + Users.entry("olga", true, PASSWORD));
    simulator = Running.world(Map.of("resources", "40", "failures", "60%"));
    running =
        Running.start(
            folder,
            simulator,
            Map.of(
                "console.listen",
                "0.0.0.0:" + port,
                "console.users",
                users.toString(),
                "console.behind-proxy",
                "yes"));
    running.poll();
  }

  @AfterAll
  static void stop() {
    running.close();
    simulator.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/groups", "/assets/style.css", "/api/v1/overview", "/evidence"})
  void showsNothingToWhoeverHasNoPassword(String path) throws Exception {
    HttpResponse<String> nobody = PageClient.at(port).get(path);

    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(nobody.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic");
    assertThat(nobody.headers().firstValue("Strict-Transport-Security")).isEmpty();
    assertThat(nobody.body()).contains("Who are you?").doesNotContain("<html");
    assertThat(PageClient.at(port).as("vera", OTHER).get(path).statusCode()).isEqualTo(401);
    assertThat(PageClient.at(port).as("nobody", PASSWORD).get(path).statusCode()).isEqualTo(401);
    assertThat(PageClient.at(port).with("Authorization", "Basic ?").get(path).statusCode())
        .isEqualTo(401);
  }

  @Test
  void letsAViewerSeeEverythingAndChangeNothing() throws Exception {
    PageClient vera = PageClient.at(port).as("vera", PASSWORD);
    GroupRow group = groups().get(0);
    List<GroupRow> before = groups();
    List<AuditTrail.Entry> audit = audit();

    for (String path :
        List.of("/", "/groups/" + group.id(), "/rules", "/alerts", "/unclassified")) {
      HttpResponse<String> page = vera.get(path);
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      assertThat(page.body()).as(path).doesNotContain("method=\"post\"");
    }
    List<String> tried = new ArrayList<>();
    for (String path : changes(vera)) {
      String real = path.replace("{id}", group.id());
      assertThat(vera.json("/api/v1" + real, "{}").statusCode()).as(path).isEqualTo(403);
      assertThat(vera.form(real, "note=x&for=8h&since=1h&product=service_mapper").statusCode())
          .as(path)
          .isEqualTo(403);
      tried.add(path);
    }

    assertThat(tried).hasSizeGreaterThan(7).contains("/collections", "/groups/{id}/mute");
    assertThat(vera.json("/api/v1/groups/" + group.id() + "/mute", "{}").body())
        .contains("You may look, not change");
    assertThat(groups()).isEqualTo(before);
    assertThat(audit()).isEqualTo(audit);
  }

  @Test
  void letsAnOperatorChangeThingsAndWritesDownWhoItWas() throws Exception {
    PageClient olga = PageClient.at(port).as("olga", PASSWORD);
    String page = "/groups/" + groups().get(1).id();

    HttpResponse<String> done =
        olga.form(page + "/acknowledge", "token=" + olga.token(page) + "&note=mine&for=8h");

    assertThat(done.statusCode()).isEqualTo(303);
    assertThat(audit().get(0).who()).isEqualTo("olga");
    assertThat(olga.get(page).body()).contains("<b>olga</b>");
    assertThat(olga.form(page + "/resolve", "token=0").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "[::]", "192.0.2.7", "orchscope.example.com"})
  void refusesToBeOpenToOthersAndSaysWhatToDo(String host) {
    String address = host + ":8088";

    assertThatThrownBy(() -> started(Map.of("console.listen", address)))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("open to everybody")
        .hasMessageContaining("orchscope users add");
    assertThatThrownBy(
            () -> started(Map.of("console.listen", address, "console.users", users.toString())))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("passwords would cross the network")
        .hasMessageContaining("console.tls-keystore")
        .hasMessageContaining("console.behind-proxy");
  }

  @Test
  void saysEveryMistakeOfAListOfUsers() throws Exception {
    Path wrong = folder.resolve("wrong.yaml");
    Files.writeString(
        wrong,
        """
        users:
          - name: a b
            role: boss
            password: secret
          - name: eve
            role: viewer
            password: '$2a$04$0123456789012345678901uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu'
        """);

    assertThatThrownBy(() -> Users.read(wrong))
        .hasMessageContaining("'a b' is no name")
        .hasMessageContaining("'boss' is no role")
        .hasMessageContaining("no hash of bcrypt")
        .hasMessageContaining("its cost is below 10");
  }

  @Test
  void speaksTlsWithACertificateOfItsOwn() throws Exception {
    Path store = folder.resolve("page.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "page",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    assertThat(keytool.waitFor()).isZero();
    int other = PageClient.freePort();

    try (Running safe =
        started(
            Map.of(
                "console.listen",
                "0.0.0.0:" + other,
                "console.users",
                users.toString(),
                "console.tls-keystore",
                store.toString(),
                "console.tls-password",
                "changeit",
                "console.url",
                "https://localhost:" + other))) {
      PageClient client =
          new PageClient(
              HttpClient.newBuilder().sslContext(trusting()).build(),
              URI.create("https://localhost:" + other),
              Map.of());

      assertThat(safe.assembly()).isNotNull();
      assertThat(client.get("/").statusCode()).isEqualTo(401);
      HttpResponse<String> shown = client.as("olga", PASSWORD).get("/");
      assertThat(shown.statusCode()).isEqualTo(200);
      assertThat(shown.headers().firstValue("Strict-Transport-Security"))
          .contains("max-age=31536000");
      assertThat(suite(other, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))
          .isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
      assertThatThrownBy(() -> suite(other, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"))
          .isInstanceOf(SSLException.class);
    }
  }

  /** The suite on which a handshake of TLS 1.2 agrees when a client knows just one. */
  private static String suite(int port, String only) throws Exception {
    try (SSLSocket socket =
        (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {only});
      socket.startHandshake();
      return socket.getSession().getCipherSuite();
    }
  }

  @Test
  void addsPeopleWithPasswordsThatNobodyCanRead() throws Exception {
    Path list = folder.resolve("added.yaml");

    String added =
        TypedCommand.of(PASSWORD + "\n", "users", "add", "ada", "--file", list.toString());
    String again =
        TypedCommand.of(PASSWORD + "\n", "users", "add", "ada", "--file", list.toString());
    String brief = TypedCommand.of("short\n", "users", "add", "bob", "--file", list.toString());

    assertThat(added).contains("ada is a viewer now");
    assertThat(again).contains("'ada' is there already");
    assertThat(brief).contains("shorter than 12 characters");
    assertThat(Files.readString(list)).doesNotContain(PASSWORD).contains("role: viewer");
    assertThat(Users.read(list).knows("ada")).isTrue();
  }

  private static Running started(Map<String, String> settings) throws Exception {
    Map<String, String> all = new HashMap<>(settings);
    Path own = Files.createTempDirectory(folder, "other");
    all.put("ledger.file", own.resolve("ledger.db").toString());
    return Running.start(own, simulator, all);
  }

  private static List<String> changes(PageClient client) throws Exception {
    JsonNode paths =
        new ObjectMapper().readTree(client.get("/api/v1/openapi.json").body()).path("paths");
    return paths.properties().stream()
        .filter(it -> it.getValue().has("post"))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<GroupRow> groups() {
    return new FailureGroups(running.assembly().ledger(), Clock.systemUTC()).list();
  }

  private static List<AuditTrail.Entry> audit() {
    return new AuditTrail(running.assembly().ledger(), Clock.systemUTC())
        .list(100).stream().filter(entry -> !entry.verb().equals("fail-log-in")).toList();
  }

  private static SSLContext trusting() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    return context;
  }

  /** Believes a certificate that was made a moment ago. */
  private static final class Anybody extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
