package io.orchscope.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Measures the operators' page over a ledger of many errors: fills the ledger, or reads the pages
 * of a program that is at work over it. Started by {@code it/bench/bench.py page}.
 *
 * <p>Words: {@code fill}, a file, how many errors; or {@code read}, the page's address, how many
 * errors, how many readers, seconds, and milliseconds that a reader looks at a page.
 */
final class PageBench {

  private static final Clock CLOCK = Clock.systemUTC();
  private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"");
  private static final Pattern CIRCUIT = Pattern.compile("href=\"(/circuits[^\"]+)\"");
  private static final Pattern GROUP = Pattern.compile("href=\"(/groups/[0-9a-f]+)\"");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final LedgerFilling filling;

  /** A page that was read. */
  private record Look(String page, double millis, int bytes) {}

  private PageBench(URI base, LedgerFilling filling) {
    this.base = base;
    this.filling = filling;
  }

  public static void main(String[] words) throws Exception {
    if (words[0].equals("fill")) {
      fill(Path.of(words[1]), Integer.parseInt(words[2]));
      return;
    }
    LedgerFilling filling = new LedgerFilling(Integer.parseInt(words[2]), CLOCK.instant());
    PageBench bench = new PageBench(URI.create(words[1]), filling);
    int readers = Integer.parseInt(words[3]);
    Duration time = Duration.ofSeconds(Long.parseLong(words[4]));
    ObjectNode report =
        bench.report(bench.read(readers, time, Duration.ofMillis(Long.parseLong(words[5]))));
    System.out.println(report);
  }

  private static void fill(Path file, int errors) throws SQLException {
    try (Ledger ledger = new Ledger(LedgerPlace.file(file), CLOCK)) {
      // Makes the tables.
      ledger.deadLettersByKind();
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      new LedgerFilling(errors, CLOCK.instant()).fill(connection);
    }
  }

  /** Each reader has the next page as soon as it has looked at the last one for long enough. */
  private List<Look> read(int readers, Duration time, Duration pause) throws Exception {
    List<String> withEvidence = withEvidence();
    ExecutorService people = Executors.newFixedThreadPool(readers);
    long until = System.nanoTime() + time.toNanos();
    List<Future<List<Look>>> each = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      Random random = new Random(i);
      each.add(
          people.submit(
              () -> {
                List<Look> looks = new ArrayList<>();
                while (System.nanoTime() < until) {
                  Thread.sleep((long) (pause.toMillis() * 2 * random.nextDouble()));
                  addresses(random, withEvidence)
                      .forEach((page, address) -> looks.add(look(page, address)));
                }
                return looks;
              }));
    }
    List<Look> all = new ArrayList<>();
    for (Future<List<Look>> one : each) {
      all.addAll(one.get());
    }
    people.shutdown();
    return all;
  }

  /** One address of each page. */
  private Map<String, String> addresses(Random random, List<String> withEvidence) {
    int circuit = random.nextInt(filling.circuits());
    String name = LedgerFilling.circuit(circuit);
    List<String> searches =
        List.of(
            name,
            name.substring(0, 12),
            LedgerFilling.tid(circuit),
            LedgerFilling.resourceId(circuit),
            "DE-" + (1000 + random.nextInt(300)),
            "cannot be reached");
    List<String> lists =
        List.of(
            "",
            "?state=new",
            "?state=all&sort=failures",
            "?state=all&sort=circuits&ascending=yes&from=500",
            "?code=DE-" + (1000 + random.nextInt(300)),
            "?words=reached");
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("overview", "/");
    addresses.put("groups", "/groups" + one(lists, random));
    addresses.put("group", "/groups/" + LedgerFilling.group(random.nextInt(200)).id());
    addresses.put("circuit", "/circuits/" + name);
    if (!withEvidence.isEmpty()) {
      addresses.put("circuit, with its steps", one(withEvidence, random));
    }
    addresses.put("search", "/search?q=" + one(searches, random).replace(" ", "+"));
    return addresses;
  }

  private static String one(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }

  /** Circuits that a poll has found by now, whose evidence is kept. */
  private List<String> withEvidence() {
    List<String> found = new ArrayList<>();
    for (String group : links(text("/groups?state=new"), GROUP)) {
      found.addAll(links(text(group), CIRCUIT));
    }
    return found.stream()
        .distinct()
        .filter(circuit -> text(circuit).contains("/evidence?"))
        .limit(50)
        .toList();
  }

  private Look look(String page, String address) {
    long begun = System.nanoTime();
    int bytes = bytes(address).length;
    return new Look(page, (System.nanoTime() - begun) / 1e6, bytes);
  }

  private ObjectNode report(List<Look> looks) {
    ObjectNode report = new ObjectMapper().createObjectNode();
    Map<String, List<Look>> byPage = new TreeMap<>();
    looks.forEach(it -> byPage.computeIfAbsent(it.page, page -> new ArrayList<>()).add(it));
    byPage.forEach(
        (page, some) -> {
          List<Double> times = some.stream().map(Look::millis).sorted().toList();
          ObjectNode node = report.putObject(page).put("looks", times.size());
          node.put("median_ms", times.get(times.size() / 2));
          node.put("p95_ms", times.get(times.size() * 95 / 100));
          node.put("p99_ms", times.get(times.size() * 99 / 100));
          node.put("most_ms", times.get(times.size() - 1));
          node.put("bytes", some.stream().mapToInt(Look::bytes).average().orElse(0));
        });
    Map<String, byte[]> assets = new TreeMap<>();
    links(text("/"), ASSET).forEach(asset -> assets.put(asset, bytes(asset)));
    ObjectNode bundle = report.putObject("bundle");
    assets.forEach((asset, bytes) -> bundle.put(asset, bytes.length));
    bundle.put("gzipped", assets.values().stream().mapToInt(PageBench::gzipped).sum());
    return report;
  }

  private static int gzipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return out.size();
  }

  private static List<String> links(String html, Pattern pattern) {
    Matcher matcher = pattern.matcher(html);
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(1).replace("&amp;", "&"));
    }
    return found.isEmpty() ? Collections.emptyList() : found;
  }

  private String text(String address) {
    return new String(bytes(address), java.nio.charset.StandardCharsets.UTF_8);
  }

  private byte[] bytes(String address) {
    try {
      HttpResponse<byte[]> answer =
          client.send(
              HttpRequest.newBuilder(base.resolve(address)).timeout(LIMIT).build(),
              BodyHandlers.ofByteArray());
      if (answer.statusCode() >= 400) {
        throw new IllegalStateException(address + " " + answer.statusCode());
      }
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException(address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
