package io.orchscope.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Secrets that this process holds, found in texts as they are and as programs encode them: for URLs
 * and forms, once or twice, for JSON and HTML, in hexadecimal and in Base64 within a longer text.
 *
 * <p>Units: a text costs time in proportion to its length, however many secrets there are. Safe for
 * many threads. Errors: none.
 */
public final class KnownSecrets {

  /** Shorter secrets would mask ordinary words. */
  public static final int SHORTEST = 6;

  /** So many of those that pass are remembered. */
  public static final int REMEMBERED = 256;

  private static final int BASE = 31;
  private static final int BASE_TO_WINDOW = BASE * BASE * BASE * BASE * BASE;
  private static final int BITS = 1 << 16;
  private static final int DEEPEST = 2;

  private final Set<String> lasting = new HashSet<>();
  private final Deque<String> passing = new ArrayDeque<>();
  private volatile Index index = Index.of(Set.of());

  /** Takes note of a secret. */
  public synchronized void add(String secret) {
    if (secret.length() >= SHORTEST && lasting.add(secret)) {
      rebuild();
    }
  }

  /** Takes note of one of many that follow each other, as tokens do. */
  public synchronized void addForNow(String secret) {
    if (secret.length() < SHORTEST) {
      return;
    }
    passing.add(secret);
    while (passing.size() > REMEMBERED) {
      passing.poll();
    }
    rebuild();
  }

  /** A text without these secrets and without what looks like one by its form. */
  public String mask(String text) {
    Spans spans = new Spans();
    int[] byForm = SecretMask.placesIn(text);
    for (int i = 0; i < byForm.length; i += 2) {
      spans.add(byForm[i], byForm[i + 1]);
    }
    find(text, spans);
    return Spans.masked(text, spans.merged());
  }

  private void find(String text, Spans spans) {
    Index now = index;
    now.find(text, new int[0], spans);
    String seen = text;
    int[] places = {};
    for (int depth = 0; depth < DEEPEST && DecodedView.differs(seen); depth++) {
      DecodedView view = DecodedView.of(seen);
      places = depth == 0 ? view.places() : view.through(places);
      seen = view.text();
      now.find(seen, places, spans);
    }
  }

  private void rebuild() {
    Set<String> all = new HashSet<>();
    lasting.forEach(secret -> all.addAll(forms(secret)));
    passing.forEach(secret -> all.addAll(forms(secret)));
    index = Index.of(all);
  }

  /** How a secret may be written. */
  private static Set<String> forms(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    Set<String> forms = new HashSet<>();
    forms.add(secret);
    forms.add(form);
    forms.add(form.replace("+", "%20"));
    forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
    forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
    forms.add(
        secret
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;"));
    String hex = HexFormat.of().formatHex(bytes);
    forms.add(hex);
    forms.add(hex.toUpperCase(Locale.ROOT));
    for (int shift = 0; shift < 3; shift++) {
      forms.add(inBase64(Base64.getEncoder(), bytes, shift));
      forms.add(inBase64(Base64.getUrlEncoder(), bytes, shift));
    }
    forms.removeIf(text -> text.length() < SHORTEST);
    return forms;
  }

  /** What is the same of a secret wherever it stands in a longer text that is encoded. */
  private static String inBase64(Base64.Encoder encoder, byte[] bytes, int shift) {
    byte[] shifted = new byte[shift + bytes.length];
    System.arraycopy(bytes, 0, shifted, shift, bytes.length);
    String encoded = encoder.withoutPadding().encodeToString(shifted);
    int from = shift == 0 ? 0 : shift + 1;
    int whole = shifted.length / 3 * 4;
    return encoded.substring(Math.min(from, encoded.length()), Math.max(from, whole));
  }

  /** All forms by a hash of their first characters. */
  private record Index(BitSet seen, Map<Integer, List<String>> byHash) {

    static Index of(Set<String> forms) {
      BitSet seen = new BitSet(BITS);
      Map<Integer, List<String>> byHash = new HashMap<>();
      for (String form : forms) {
        int hash = 0;
        for (int at = 0; at < SHORTEST; at++) {
          hash = hash * BASE + form.charAt(at);
        }
        seen.set(bit(hash));
        byHash.computeIfAbsent(hash, key -> new ArrayList<>()).add(form);
      }
      return new Index(seen, byHash);
    }

    void find(String text, int[] places, Spans spans) {
      int hash = 0;
      int masked = 0;
      for (int at = 0; at < text.length(); at++) {
        if (at >= SHORTEST) {
          hash -= text.charAt(at - SHORTEST) * BASE_TO_WINDOW;
        }
        hash = hash * BASE + text.charAt(at);
        int from = at - SHORTEST + 1;
        if (from < masked || !seen.get(bit(hash))) {
          continue;
        }
        int to = longest(text, from, byHash.getOrDefault(hash, List.of()));
        if (to > from) {
          spans.add(places.length == 0 ? from : places[from], places.length == 0 ? to : places[to]);
          masked = to;
        }
      }
    }

    private static int longest(String text, int from, List<String> forms) {
      return forms.stream()
          .filter(form -> text.startsWith(form, from))
          .mapToInt(form -> from + form.length())
          .max()
          .orElse(from);
    }

    private static int bit(int hash) {
      return (hash ^ (hash >>> 16)) & (BITS - 1);
    }
  }

  @Override
  public String toString() {
    return Arrays.toString(new int[] {lasting.size(), passing.size()});
  }
}
