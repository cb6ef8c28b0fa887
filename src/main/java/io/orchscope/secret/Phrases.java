package io.orchscope.secret;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
  private static final String BETWEEN = "[^|;&]{0,100}?\\s";

  /** The end of a statement: other statements, or words of ours, may follow it. */
  private static final String END = "\\s*+(?:$|[;,&|#])";

  /** What reads a secret from its input. */
  private static final String READER =
      "[^\\n"
          + "|;&]{0,40}?(?<!\\w)(?:(?:ch|smb)?passwd\\b|--password-stdin|sudo\\s++-S|kinit\\b|cryptsetup|gpg\\b|sshpass"
          + "|-passin|--token-stdin)";

  private static final Map<String, List<Pattern>> BEHIND = Map.copyOf(table());

  private static Map<String, List<Pattern>> table() {
    Map<String, List<Pattern>> table = new HashMap<>();
    addClients(table);
    addOtherCommands(table);
    addStatements(table);
    return table;
  }

  private static void add(Map<String, List<Pattern>> table, String words, Pattern... patterns) {
    for (String word : words.split(" ", -1)) {
      table.merge(
          word,
          List.of(patterns),
          (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    }
  }

  private static void addClients(Map<String, List<Pattern>> table) {
    add(table, "curl", login("(?:-u|--user|-U|--proxy-user)"));
    add(table, "wget http https", login("(?:-a|--auth|--login)"));
    add(table, "sshpass", behind("\\s++-p\\s*+" + ARGUMENT));
    add(
        table,
        "mysql mysqldump mysqladmin mysqlimport mysqlcheck mariadb mariadb-dump",
        behind(BETWEEN + "-p(?!\\s|ort\\b|rotocol\\b)" + ARGUMENT));
    add(
        table,
        "docker podman nerdctl buildah skopeo helm oras crane az oc",
        behind("\\s[^|;&]{0,40}?\\blogin\\b" + BETWEEN + "-p\\s++" + ARGUMENT));
    add(table, "skopeo oras", login("(?:--creds|--src-creds|--dest-creds)"));
    add(
        table,
        "ipmitool sqlcmd bcp mosquitto_pub mosquitto_sub unzip zip xmlsec1 isql",
        behind(BETWEEN + "-P\\s*+" + ARGUMENT));
    add(table, "plink pscp psftp putty", option("-pw"));
    add(
        table,
        "ldapsearch ldapmodify ldapadd ldapdelete ldappasswd ldapwhoami ldapcompare",
        behind(BETWEEN + "-w\\s*+" + ARGUMENT));
    add(table, "redis-cli", behind(BETWEEN + "(?:-a|--pass)\\s++" + ARGUMENT));
    add(table, "mongo mongosh mongodump mongorestore", behind(BETWEEN + "-p\\s++" + ARGUMENT));
    add(
        table,
        "smbclient rpcclient winexe smbget smbcacls net",
        behind(BETWEEN + "-U\\s*+[^%\\s]{1,60}+%" + ARGUMENT));
    add(table, "lftp ncftp", behind(BETWEEN + "-u\\s*+[^,\\s]{1,60}+," + ARGUMENT));
    add(
        table,
        "radtest",
        behind("\\s++\\S{1,60}+\\s++" + ARGUMENT),
        behind("\\s++\\S{1,60}+(?:\\s++\\S{1,80}+){3}\\s++" + ARGUMENT));
    add(table, "wpa_passphrase", behind("\\s++\\S{1,60}+\\s++" + ARGUMENT));
    add(
        table,
        "htpasswd",
        behind("\\s++-\\w{0,6}b\\w{0,6}\\s++\\S{1,80}+\\s++\\S{1,60}+\\s++" + ARGUMENT));
    add(
        table,
        "rabbitmqctl",
        behind(
            "\\s++(?:add_user|change_password|authenticate_user)\\s++\\S{1,60}+\\s++" + ARGUMENT));
    add(table, "xfreerdp wfreerdp mstsc", behind(BETWEEN + "/p:" + ARGUMENT));
    add(table, "7z 7za", behind(BETWEEN + "-p(?!\\s)" + ARGUMENT));
  }

  private static void addOtherCommands(Map<String, List<Pattern>> table) {
    add(
        table,
        "snmpwalk snmpget snmpset snmpbulkwalk snmpbulkget snmpgetnext snmptrap snmpinform"
            + " snmptable snmpusm snmpstatus snmpdf snmptest",
        snmp());
    add(
        table,
        "openssl",
        behind(BETWEEN + "(?:-passin|-passout|-pass)\\s++[\"']?pass:" + ARGUMENT),
        behind("\\s++enc\\b" + BETWEEN + "-k\\s++" + ARGUMENT));
    add(table, "echo printf", behind("\\s++(?:-[ne]{1,2}\\s++)?" + ARGUMENT + "\\s*+\\|" + READER));
    add(
        table,
        "passwd chpasswd sudo kinit cryptsetup gpg sshpass openssl su",
        behind("[^|;&<\\n]{0,80}<<<\\s*+" + ARGUMENT));
    add(
        table,
        "net",
        behind(
            "\\s++use\\b[^|;&\\n]{0,100}?\\\\\\\\\\S{1,80}+\\s++(?:/user:\\S{1,60}+\\s++)?(?!/)"
                + ARGUMENT),
        behind("\\s++user\\s++\\S{1,60}+\\s++(?!/)" + ARGUMENT + "\\s++/add"));
  }

  private static void addStatements(Map<String, List<Pattern>> table) {
    add(
        table,
        "auth",
        behind("\\s++(?:md5|sha\\S{0,6}+)\\s++" + ARGUMENT),
        behind("(?<=\\bAUTH)\\s++[\\w.-]{1,40}+\\s++" + ARGUMENT + END),
        behind("(?<=\\bAUTH)\\s++" + ARGUMENT + END));
    add(
        table,
        "priv",
        behind("\\s++(?:3?des\\S{0,3}+|aes\\S{0,6}+)(?:\\s++(?:128|192|256))?\\s++" + ARGUMENT));
    add(
        table,
        "send",
        behind("\\s++\"([^\"\\\\]{1,80}+)\\\\r\"(?=[^\\n]{0,80}assword)"),
        behind("(?<=assword[^\\n]{0,40}send)\\s++\"([^\"\\\\]{1,80}+)\\\\r\""));
    add(
        table,
        "standby vrrp glbp",
        behind(
            "\\s++\\d{1,4}+\\s++authentication\\s++(?:text\\s++)?(?!md5\\b|key-)"
                + ARGUMENT
                + END));
    add(table, "ascii-text hexadecimal", behind("\\s++" + ARGUMENT));
    add(
        table,
        "identified",
        behind(
            "\\s++(?:with\\s++\\S{1,40}+\\s++)?(?i:by|as)\\s++(?i:values\\s++|password\\s++)?"
                + ARGUMENT));
    add(
        table,
        "code passcode",
        behind(
            "(?<=(?i:one-time|verification|security|mfa|2fa|login|one time|sms).(?i:code|passcode))"
                + "(?:\\s++is)?(?:\\s*+:)?\\s++(?=\\S{0,20}\\d)"
                + ARGUMENT));
    add(
        table,
        "snmp-server",
        behind(
            "\\s++host\\s++\\S{1,60}+(?:\\s++(?:traps|informs))?"
                + "(?:\\s++version\\s++\\w{1,3}+(?:\\s++(?:auth|noauth|priv))?)?\\s++"
                + ARGUMENT));
    add(table, "jdbc", behind(":oracle:\\w{1,8}+:[^/@\\s]{1,60}+/([^@\\s]{1,120}+)@"));
    add(
        table,
        "sqlplus sqlldr expdp impdp exp imp rman",
        behind(BETWEEN + "[^/@\\s]{1,60}+/([^@\\s]{1,120}+)@"));
    add(table, "password db_password secret token", value());
    addKeysOfProtocols(table);
  }

  private static void addKeysOfProtocols(Map<String, List<Pattern>> table) {
    String encryption = "(?:(?:\\d|ascii-text|hexadecimal|local|remote)\\s++)?";
    add(
        table,
        "pre-share pre-shared preshared",
        behind(
            "\\s++key\\s++"
                + encryption
                + "(?=\\S{0,200}[\\dA-Z$]|[^\\s;,&|]{1,200}+(?:\\s*+(?:$|[;,&|#])|\\s++(?:address|hostname)\\b))"
                + ARGUMENT));
    add(
        table,
        "server server-private host",
        behind(
            "\\s++\\S{1,60}+(?:\\s++(?:auth-port|acct-port|port|timeout|retransmit)\\s++\\d{1,5}+){0,4}"
                + "\\s++key\\s++(?!exchange\\b|pair\\b)"
                + encryption
                + ARGUMENT
                + END));
    add(
        table,
        "authentication",
        behind("\\s++(?:md5|hmac\\S{0,12}+|sha\\S{0,6}+)\\s++" + encryption + ARGUMENT + END));
  }

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

  private static Pattern option(String option) {
    return behind(BETWEEN + option + "\\s++" + ARGUMENT);
  }

  private static Pattern[] snmp() {
    return new Pattern[] {
      behind(BETWEEN + "-c\\s*+" + ARGUMENT),
      behind(BETWEEN + "-A\\s*+" + ARGUMENT),
      behind(BETWEEN + "-X\\s*+" + ARGUMENT)
    };
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
      Matcher matcher =
          pattern
              .matcher(line)
              .region(to, Math.min(line.length(), to + REACH))
              .useTransparentBounds(true);
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
