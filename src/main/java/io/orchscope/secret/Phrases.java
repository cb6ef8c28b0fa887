package io.orchscope.secret;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets that no word announces, but the command or the statement in which they stand: {@code curl
 * -u user:x}, {@code snmp-server user y auth sha x}.
 *
 * <p>Units: a pattern looks at no more than {@value #REACH} characters behind its word.
 */
final class Phrases {

  private static final int REACH = 240;
  private static final int LONGEST_WORD = 16;
  private static final String SECRET_DATA = "## SECRET-DATA";

  /** An argument of a command, quoted or not. */
  private static final String ARGUMENT =
      "(\"[^\"]{1,120}+\"?|'[^']{1,120}+'?|[^\\s\"'|;&]{1,200}+)";

  /** What stands between a command and its option. */
  private static final String BETWEEN = "[^|;&]{0,120}?\\s";

  private static final Map<String, List<Pattern>> BEHIND =
      Map.ofEntries(
          Map.entry("curl", List.of(login("(?:-u|--user|-U|--proxy-user)"))),
          Map.entry("sshpass", List.of(behind("\\s++-p\\s*+" + ARGUMENT))),
          Map.entry("mysql", List.of(behind(BETWEEN + "-p(?!\\s|ort\\b|rotocol\\b)" + ARGUMENT))),
          Map.entry(
              "mysqldump", List.of(behind(BETWEEN + "-p(?!\\s|ort\\b|rotocol\\b)" + ARGUMENT))),
          Map.entry("ipmitool", List.of(behind(BETWEEN + "-P\\s*+" + ARGUMENT))),
          Map.entry("plink", List.of(behind(BETWEEN + "-pw\\s++" + ARGUMENT))),
          Map.entry("ldapsearch", List.of(behind(BETWEEN + "-w\\s*+" + ARGUMENT))),
          Map.entry("snmpwalk", snmp()),
          Map.entry("snmpget", snmp()),
          Map.entry("snmpset", snmp()),
          Map.entry("snmpbulkwalk", snmp()),
          Map.entry(
              "openssl",
              List.of(
                  behind(BETWEEN + "(?:-passin|-passout|-pass)\\s++pass:" + ARGUMENT),
                  behind("\\s++enc\\b" + BETWEEN + "-k\\s++" + ARGUMENT))),
          Map.entry(
              "echo",
              List.of(
                  behind(
                      "\\s++(?:-n\\s++)?"
                          + ARGUMENT
                          + "\\s*+\\|\\s*+(?:sudo\\s++)?\\S{0,20}passwd\\b"))),
          Map.entry("auth", List.of(behind("\\s++(?:md5|sha\\S{0,6}+)\\s++" + ARGUMENT))),
          Map.entry(
              "priv",
              List.of(
                  behind(
                      "\\s++(?:3?des\\S{0,3}+|aes\\S{0,6}+)(?:\\s++(?:128|192|256))?\\s++"
                          + ARGUMENT))),
          Map.entry(
              "snmp-server",
              List.of(
                  behind(
                      "\\s++host\\s++\\S{1,60}+(?:\\s++(?:traps|informs))?"
                          + "(?:\\s++version\\s++\\w{1,3}+(?:\\s++(?:auth|noauth|priv))?)?\\s++"
                          + ARGUMENT))),
          Map.entry(
              "jdbc", List.of(behind(":oracle:\\w{1,8}+:[^/@\\s]{1,60}+/([^@\\s]{1,120}+)@"))),
          Map.entry("sqlplus", List.of(behind(BETWEEN + "[^/@\\s]{1,60}+/([^@\\s]{1,120}+)@"))),
          Map.entry("password", List.of(value())),
          Map.entry("db_password", List.of(value())),
          Map.entry("secret", List.of(value())),
          Map.entry("token", List.of(value())));

  /** By first letter and length, so that most words need no look-up. */
  private static final boolean[][] LIKE_A_KEY = new boolean['z' + 1][LONGEST_WORD + 1];

  static {
    BEHIND.keySet().forEach(word -> LIKE_A_KEY[word.charAt(0)][word.length()] = true);
  }

  private final String line;
  private final MaskedLine masked;

  Phrases(String line, MaskedLine masked) {
    this.line = line;
    this.masked = masked;
  }

  private static Pattern behind(String pattern) {
    return Pattern.compile(pattern);
  }

  private static Pattern login(String option) {
    return Pattern.compile(
        BETWEEN
            + option
            + "(?:\\s++|=|(?=[^\\s=-]))(?:\"[^\":]{1,60}+:([^\"]{1,120}+)\"?"
            + "|'[^':]{1,60}+:([^']{1,120}+)'?|[^\\s:\"']{1,60}+:([^\\s\"'|;&]{1,200}+))");
  }

  private static List<Pattern> snmp() {
    return List.of(
        behind(BETWEEN + "-c\\s*+" + ARGUMENT),
        behind(BETWEEN + "-A\\s*+" + ARGUMENT),
        behind(BETWEEN + "-X\\s*+" + ARGUMENT));
  }

  private static Pattern value() {
    return Pattern.compile("\\s*+[,;]?\\s*+value\\s*+[:=]\\s*+" + ARGUMENT);
  }

  /** Masks what a word that begins a command or a statement says is secret. */
  void behind(int from, int to) {
    if (to - from > LONGEST_WORD || to >= line.length() || !isLikeAKey(from, to - from)) {
      return;
    }
    List<Pattern> patterns =
        BEHIND.getOrDefault(line.substring(from, to).toLowerCase(Locale.ROOT), List.of());
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(line).region(to, Math.min(line.length(), to + REACH));
      if (matcher.lookingAt()) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
          if (matcher.start(group) >= 0) {
            argument(matcher.start(group), matcher.end(group));
          }
        }
      }
    }
  }

  private boolean isLikeAKey(int from, int length) {
    int first = line.charAt(from) | ' ';
    return first < LIKE_A_KEY.length && LIKE_A_KEY[first][length];
  }

  /** Masks the value of a statement that Junos marks as secret. */
  void secretData() {
    int mark = line.indexOf(SECRET_DATA);
    if (mark < 0) {
      return;
    }
    int end = mark;
    while (end > 0 && (line.charAt(end - 1) <= ' ' || line.charAt(end - 1) == ';')) {
      end--;
    }
    boolean isQuoted = end > 1 && line.charAt(end - 1) == '"';
    int before = isQuoted ? line.lastIndexOf('"', end - 2) : line.lastIndexOf(' ', end - 1);
    boolean isKnown = line.lastIndexOf(SecretMask.MARK, end) > before;
    if (before > 0 && !isKnown && !masked.isMaskedBehind(before)) {
      masked.note(before + 1, isQuoted ? end - 1 : end);
    }
  }

  private void argument(int from, int to) {
    int begin = ValueForms.isQuote(line, from) ? from + 1 : from;
    int end = to > begin && ValueForms.isQuote(line, to - 1) && begin > from ? to - 1 : to;
    if (!ReasonWords.isOne(line, begin, end)) {
      masked.note(begin, end);
    }
  }
}
