package io.orchscope.logtext;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a line tells of a request that went wrong.
 *
 * <p>Shape: a URL and a number of three digits that stands for itself ({@code GET https://… 502},
 * {@code "GET /x HTTP/1.1" 502 None}), or a number behind a word for it ({@code code: 502}, {@code
 * status_code=404}); or words for a request that nobody answered. A number behind another word
 * ({@code limit=500}) or before a unit is none. Source: domain.md §4.5 and §5.2.
 */
final class Replies {

  private static final int FIRST_BAD = 400;
  private static final int LOWEST = 100;
  private static final int HIGHEST = 599;
  private static final int DIGITS = 3;
  private static final int NONE = 0;

  private static final List<String> WITHOUT_ANSWER =
      List.of(
          "timed out",
          "ReadTimeout",
          "ConnectTimeout",
          "TimeoutError",
          "Gateway Time",
          "Max retries exceeded",
          "Connection refused",
          "Connection reset",
          "Connection aborted",
          "RemoteDisconnected",
          "Name or service not known",
          "Temporary failure in name resolution");

  /** Without a URL, one of them says that the line is about a request. */
  private static final List<String> REQUEST = List.of("ConnectionPool(", "equest", "url: ");

  private static final Set<String> BEFORE_A_CODE =
      Set.of("status", "response", "returned", "reply", "answered", "got", "http");

  private static final Set<String> UNITS =
      Set.of(
          "ms", "s", "sec", "secs", "seconds", "bytes", "kb", "mb", "items", "resources", "times");

  private Replies() {}

  static boolean isBad(String message) {
    int url = Math.max(message.indexOf("://"), message.indexOf("HTTP/1"));
    if (url >= 0 || message.contains("ode") || message.contains("ODE")) {
      int code = code(message, url);
      if (code != NONE) {
        return code >= FIRST_BAD;
      }
    }
    return (url >= 0 || REQUEST.stream().anyMatch(message::contains))
        && WITHOUT_ANSWER.stream().anyMatch(message::contains);
  }

  /** The code that a word announces; else, with a URL, the first behind it, or before it. */
  private static int code(String message, int url) {
    int before = NONE;
    int behind = NONE;
    int at = 0;
    while (at < message.length()) {
      if (message.startsWith("://", at)) {
        at = urlEnd(message, at);
      } else if (!isDigit(message, at)) {
        at++;
      } else {
        int end = digitsEnd(message, at);
        int number = number(message, at, end);
        if (number != NONE && isAnnounced(message, at, url >= 0)) {
          return number;
        }
        if (number != NONE && url >= 0 && !isOfAnother(message, at) && !hasUnit(message, end)) {
          before = before == NONE && at < url ? number : before;
          behind = behind == NONE && at > url ? number : behind;
        }
        at = end;
      }
    }
    return behind != NONE ? behind : before;
  }

  /** The digits as a code, if they can be one. */
  private static int number(String message, int from, int to) {
    if (to - from != DIGITS || !standsAlone(message, from, to)) {
      return NONE;
    }
    int number = Integer.parseInt(message.substring(from, to));
    return number >= LOWEST && number <= HIGHEST ? number : NONE;
  }

  private static boolean isAnnounced(String message, int from, boolean hasUrl) {
    String word = wordBefore(message, from);
    return word.endsWith("code") || (hasUrl && BEFORE_A_CODE.contains(word));
  }

  /** Not a part of a word, an address, a path or a larger number. */
  private static boolean standsAlone(String message, int from, int to) {
    char before = from == 0 ? ' ' : message.charAt(from - 1);
    char after = to == message.length() ? ' ' : message.charAt(to);
    boolean isInside = Character.isLetterOrDigit(before) || "./-_#$+%&?".indexOf(before) >= 0;
    boolean goesOn =
        Character.isLetterOrDigit(after)
            || "/-_%&".indexOf(after) >= 0
            || (".:,".indexOf(after) >= 0 && isDigit(message, to + 1));
    return !isInside && !goesOn;
  }

  /** The word before a number, over {@code :}, {@code =}, quotes and blanks; lower case. */
  private static String wordBefore(String message, int from) {
    int end = pastSigns(message, from);
    int begin = end;
    while (begin > 0
        && (Character.isLetter(message.charAt(begin - 1)) || message.charAt(begin - 1) == '_')) {
      begin--;
    }
    return message.substring(begin, end).toLowerCase(Locale.ROOT);
  }

  private static int pastSigns(String message, int from) {
    int end = from;
    while (end > 0 && " :='\"[(".indexOf(message.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  /** Whether the number is the value of something else. */
  private static boolean isOfAnother(String message, int from) {
    return message
        .substring(pastSigns(message, from), from)
        .chars()
        .anyMatch(c -> c == '=' || c == ':');
  }

  private static boolean hasUnit(String message, int to) {
    int begin = to;
    while (begin < message.length() && message.charAt(begin) == ' ') {
      begin++;
    }
    int end = begin;
    while (end < message.length() && Character.isLetter(message.charAt(end))) {
      end++;
    }
    return UNITS.contains(message.substring(begin, end).toLowerCase(Locale.ROOT));
  }

  private static int urlEnd(String message, int from) {
    int end = from;
    while (end < message.length() && " \t\"'<>),".indexOf(message.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static int digitsEnd(String message, int from) {
    int end = from;
    while (isDigit(message, end)) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(String message, int at) {
    return at < message.length() && message.charAt(at) >= '0' && message.charAt(at) <= '9';
  }
}
