package io.orchscope.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words in which people and scenario files write a simulator's options. */
final class OptionText {

  private static final String WEBEX_STATUS = "webex-status.";
  private static final Pattern AMOUNT = Pattern.compile("(\\d+)(ms|s|m|h)");
  private static final Map<String, BiConsumer<SimulatorOptions.Draft, String>> OPTIONS = options();
  private static final Map<String, BiConsumer<Faults.Draft, String>> FAULTS = faults();

  /** Writes one {@code key=text} into the draft. Errors: {@link IllegalArgumentException}. */
  static void read(String key, String text, SimulatorOptions.Draft draft) {
    try {
      if (OPTIONS.containsKey(key)) {
        OPTIONS.get(key).accept(draft, text.strip());
      } else if (FAULTS.containsKey(key)) {
        draft.faults = draft.faults.with(faults -> FAULTS.get(key).accept(faults, text.strip()));
      } else if (key.startsWith(WEBEX_STATUS)) {
        String room = key.substring(WEBEX_STATUS.length());
        int status = Integer.parseInt(text.strip());
        draft.faults = draft.faults.with(faults -> faults.webexStatus.put(room, status));
      } else {
        throw new IllegalArgumentException(
            "The simulator knows no option '" + key + "'; did you mean '" + nearest(key) + "'?");
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The simulator's option '" + key + "' is not a number: '" + text + "'.", e);
    }
  }

  private static Map<String, BiConsumer<SimulatorOptions.Draft, String>> options() {
    Map<String, BiConsumer<SimulatorOptions.Draft, String>> known = new TreeMap<>();
    known.put("seed", (draft, text) -> draft.seed = Long.parseLong(text));
    known.put("resources", (draft, text) -> draft.resources = Integer.parseInt(text));
    known.put("products", (draft, text) -> draft.products = names(text));
    known.put("failures", (draft, text) -> draft.failureShare = share(text));
    known.put("trace-entries", (draft, text) -> draft.traceEntries = Integer.parseInt(text));
    known.put("trace-bytes", (draft, text) -> draft.traceBytes = Integer.parseInt(text));
    known.put("latency", (draft, text) -> draft.latency = duration(text));
    known.put("port", (draft, text) -> draft.port = Integer.parseInt(text));
    known.put("token-lifetime", (draft, text) -> draft.tokenLifetime = duration(text));
    known.put(
        "arrivals-per-second", (draft, text) -> draft.arrivalsPerSecond = Double.parseDouble(text));
    known.put("settle-after", (draft, text) -> draft.settleAfter = duration(text));
    known.put("request-log", (draft, text) -> draft.requestLog = Optional.of(Path.of(text)));
    known.put("requests-kept", (draft, text) -> draft.requestsKept = Integer.parseInt(text));
    known.put("log-hosts", (draft, text) -> draft.logHosts = Integer.parseInt(text));
    known.put("log-bytes", (draft, text) -> draft.logBytes = Long.parseLong(text));
    known.put("ssh-folder", (draft, text) -> draft.sshFolder = Optional.of(Path.of(text)));
    known.put("hostile-logs", (draft, text) -> draft.hostileLogs = flag(text));
    known.put("log-archive", (draft, text) -> draft.logArchive = flag(text));
    known.put("devices", (draft, text) -> draft.devices = flag(text));
    return known;
  }

  private static Map<String, BiConsumer<Faults.Draft, String>> faults() {
    Map<String, BiConsumer<Faults.Draft, String>> known = new TreeMap<>();
    known.put("unauthorized-every", (f, text) -> f.unauthorizedEvery = Integer.parseInt(text));
    known.put(
        "unauthorized-after-lists", (f, text) -> f.unauthorizedAfterLists = Integer.parseInt(text));
    known.put("too-many-every", (f, text) -> f.tooManyEvery = Integer.parseInt(text));
    known.put("retry-after", (f, text) -> f.retryAfterSeconds = Integer.parseInt(text));
    known.put("server-error-every", (f, text) -> f.serverErrorEvery = Integer.parseInt(text));
    known.put("cut-body-every", (f, text) -> f.cutBodyEvery = Integer.parseInt(text));
    known.put("garbage-every", (f, text) -> f.garbageEvery = Integer.parseInt(text));
    known.put("slow-every", (f, text) -> f.slowEvery = Integer.parseInt(text));
    known.put("slow-by", (f, text) -> f.slowBy = duration(text));
    known.put("duplicate-items", (f, text) -> f.duplicateItems = Integer.parseInt(text));
    known.put("shift-pages", (f, text) -> f.shift = shift(text));
    known.put("no-page-token", (f, text) -> f.noPageToken = flag(text));
    known.put("looping-pages", (f, text) -> f.loopingPages = flag(text));
    known.put("fail-count", (f, text) -> f.failCount = flag(text));
    known.put("webex-too-many-every", (f, text) -> f.webexTooManyEvery = Integer.parseInt(text));
    known.put("webex-retry-after", (f, text) -> f.webexRetryAfterSeconds = Integer.parseInt(text));
    return known;
  }

  private static List<String> names(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\\s*,\\s*", -1));
  }

  private static double share(String text) {
    return text.endsWith("%")
        ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
        : Double.parseDouble(text);
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "yes", "true" -> true;
      case "no", "false" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither 'yes' nor 'no'.");
    };
  }

  private static Faults.Shift shift(String text) {
    for (Faults.Shift shift : Faults.Shift.values()) {
      if (shift.name().toLowerCase(Locale.ROOT).equals(text)) {
        return shift;
      }
    }
    throw new IllegalArgumentException("'" + text + "' is none of 'none', 'insert', 'remove'.");
  }

  private static Duration duration(String text) {
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no duration such as '50ms' or '2s'.");
    }
    long number = Long.parseLong(amount.group(1));
    return switch (amount.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  /** The known key that shares most pairs of letters with the unknown one. */
  private static String nearest(String key) {
    Collection<String> known = new java.util.TreeSet<>(OPTIONS.keySet());
    known.addAll(FAULTS.keySet());
    known.add(WEBEX_STATUS + "<room>");
    ToIntFunction<String> alike = candidate -> 2 * shared(key, candidate) - candidate.length();
    return known.stream().max(Comparator.comparingInt(alike)).orElseThrow();
  }

  private static int shared(String a, String b) {
    int pairs = 0;
    for (int i = 0; i + 1 < a.length(); i++) {
      pairs += b.contains(a.substring(i, i + 2)) ? 1 : 0;
    }
    return pairs;
  }

  private OptionText() {}
}
