package io.orchscope;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Random secrets in texts of every known form, and their search in what a program writes and sends.
 *
 * <p>Shape: each secret begins with a mark that is random in each run, so that one search finds all
 * of them. The search reads ZIP archives, XLSX files and GZIP streams, also within other content.
 */
final class Canaries {

  private static final int MARK_LENGTH = 10;
  private static final int DEEPEST = 4;

  private final String mark;
  private final List<String> needles = new ArrayList<>();
  private final List<String> forms;
  private final AtomicInteger next = new AtomicInteger();
  private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();
  private final Map<String, String> planted = new ConcurrentHashMap<>();
  private final List<String> places = new ArrayList<>();

  Canaries(Path forms) throws IOException {
    this.forms = Files.readAllLines(forms);
    SecureRandom random = new SecureRandom();
    StringBuilder letters = new StringBuilder("q");
    while (letters.length() < MARK_LENGTH) {
      letters.append((char) ('a' + random.nextInt(26)));
    }
    mark = letters.toString();
    byte[] bytes = mark.getBytes(UTF_8);
    needles.add(mark);
    needles.add(HexFormat.of().formatHex(bytes));
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[shift + bytes.length];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      needles.add(encoded.substring(shift == 0 ? 0 : shift + 1, shifted.length / 3 * 4));
    }
  }

  /** A secret that no other text holds. */
  String secret() {
    return mark + "X" + next.incrementAndGet() + "k7";
  }

  /** The next form with a secret of its own, noted with the place where it stands. */
  String text(String place) {
    int number = next.incrementAndGet();
    AtomicInteger here = turns.computeIfAbsent(place, name -> new AtomicInteger());
    String form = forms.get(here.getAndIncrement() % forms.size());
    planted.putIfAbsent(place + " " + form, form);
    return form.replace("{}", mark + "X" + number + "k7");
  }

  /** How many forms stand at a place. */
  long formsAt(String place) {
    return planted.keySet().stream().filter(key -> key.startsWith(place + " ")).count();
  }

  int forms() {
    return forms.size();
  }

  /** Searches a content; answers what surrounds the first secret in it. */
  void search(String name, byte[] content) {
    search(name, content, 0);
  }

  void search(String name, String content) {
    search(name, content.getBytes(UTF_8), 0);
  }

  /** Where secrets were found. */
  List<String> found() {
    return List.copyOf(places);
  }

  private void search(String name, byte[] content, int depth) {
    String text = new String(content, ISO_8859_1);
    for (String needle : needles) {
      int at = text.indexOf(needle);
      if (at < 0 && needle.equals(mark)) {
        at = text.toLowerCase(Locale.ROOT).indexOf(needle);
      }
      if (at >= 0) {
        String around = text.substring(Math.max(0, at - 120), Math.min(text.length(), at + 40));
        places.add(name + ": " + around.replaceAll("[^ -~]", "·"));
      }
    }
    if (depth < DEEPEST) {
      if (text.startsWith("PK\u0003\u0004")) {
        zip(name, content, depth);
      }
      for (int at = text.indexOf("\u001f\u008b\b"); at >= 0; ) {
        gzip(name, content, at, depth);
        at = text.indexOf("\u001f\u008b\b", at + 3);
      }
    }
  }

  /** By the directory of the archive: streamed XLSX files have no sizes before their entries. */
  private void zip(String name, byte[] content, int depth) {
    try {
      Path copy = Files.createTempFile("searched", ".zip");
      Files.write(copy, content);
      try (ZipFile zip = new ZipFile(copy.toFile())) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
          String inner = name + "!" + entry.getName();
          search(inner, entry.getName().getBytes(UTF_8), DEEPEST);
          search(inner, zip.getInputStream(entry).readAllBytes(), depth + 1);
        }
      } finally {
        Files.delete(copy);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(name, broken);
    }
  }

  /** What only looks like the begin of a stream ends with an error and has no content. */
  private void gzip(String name, byte[] content, int from, int depth) {
    byte[] unpacked;
    try (GZIPInputStream stream =
        new GZIPInputStream(new ByteArrayInputStream(content, from, content.length - from))) {
      unpacked = stream.readAllBytes();
    } catch (IOException broken) {
      return;
    }
    search(name + "!gzip", unpacked, depth + 1);
  }
}
