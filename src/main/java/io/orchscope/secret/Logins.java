package io.orchscope.secret;

import static io.orchscope.secret.ValueForms.isDigit;
import static io.orchscope.secret.ValueForms.isOfWord;

import java.util.Locale;
import java.util.Set;

/**
 * Logins that no word announces: {@code user/password@host} of Oracle and {@code
 * user:password@host} without a scheme.
 *
 * <p>Units: at most {@value #LONGEST} characters before and behind the sign.
 */
final class Logins {

  private static final int LONGEST = 120;
  private static final int LONGEST_USER = 40;
  private static final int LONGEST_PORT = 5;
  private static final int LONGEST_GROUP = 4;

  /** Stand before a colon or a slash and are no user. */
  private static final Set<String> NO_USER =
      Set.of(
          ("sip sips mailto acct xmpp from to cc bcc user username login contact email mail principal"
                  + " owner by host ssh git scp author error warn warning info debug target source"
                  + " peer node device address addr sender rcpt http https ldap ldaps cifs nfs imap"
                  + " smtp pop ftp sftp docker library image origin feature types refs var etc home"
                  + " opt usr tmp")
              .split(" "));

  private final String line;
  private final MaskedLine masked;

  Logins(String line, MaskedLine masked) {
    this.line = line;
    this.masked = masked;
  }

  /** Masks the password before the sign {@code @} at a place, if a login stands there. */
  void before(int sign) {
    int from = sign;
    int first = Math.max(0, sign - LONGEST);
    while (from > first && line.charAt(from - 1) != '@' && !isBefore(line.charAt(from - 1))) {
      from--;
    }
    int parts = from;
    while (parts < sign && ":/".indexOf(line.charAt(parts)) < 0) {
      parts++;
    }
    boolean isSlash = parts < sign && line.charAt(parts) == '/';
    if (parts >= sign - 1 || !isUser(from, parts) || !isHost(sign + 1)) {
      return;
    }
    boolean isPassword =
        isSlash ? isBehindSlash(parts + 1, sign) : isBehindColon(from, parts + 1, sign);
    if (isPassword) {
      masked.note(parts + 1, last(sign));
    }
  }

  /** The last such sign before the next blank: passwords may hold some, too. */
  private int last(int sign) {
    int latest = Math.min(line.length(), sign + LONGEST);
    int last = sign;
    for (int at = sign; at < latest && line.charAt(at) > ' ' && !isBefore(line.charAt(at)); at++) {
      last = line.charAt(at) == '@' ? at : last;
    }
    return last;
  }

  private static boolean isBefore(char character) {
    return character <= ' ' || "\"'`=([{<,;|".indexOf(character) >= 0;
  }

  private boolean isUser(int from, int to) {
    if (to == from || to - from > LONGEST_USER || !Character.isLetter(line.charAt(from))) {
      return false;
    }
    for (int at = from; at < to; at++) {
      if (!isOfWord(line.charAt(at)) && line.charAt(at) != '\\') {
        return false;
      }
    }
    return !NO_USER.contains(line.substring(from, to).toLowerCase(Locale.ROOT));
  }

  /** A name or an address; no version, no checksum and no realm of Kerberos. */
  private boolean isHost(int from) {
    int end = from;
    int dots = 0;
    boolean isNumber = true;
    boolean isUpper = true;
    while (end < line.length() && end - from < LONGEST && isOfWord(line.charAt(end))) {
      char character = line.charAt(end);
      dots += character == '.' ? 1 : 0;
      isNumber &= isDigit(character) || character == '.';
      isUpper &= !Character.isLowerCase(character);
      end++;
    }
    boolean isRealm = isUpper && !isNumber && dots > 0;
    boolean isChecksum = line.startsWith("sha256", from);
    boolean isVersion = end > from && isDigit(line.charAt(from)) && (!isNumber || dots != 3);
    return end > from && !isRealm && !isChecksum && !isVersion;
  }

  private boolean isBehindSlash(int from, int to) {
    int dots = 0;
    boolean hasOther = false;
    for (int at = from; at < to; at++) {
      char character = line.charAt(at);
      if (character == '/') {
        return false;
      }
      dots += character == '.' ? 1 : 0;
      hasOther |= !isDigit(character) && character != '.';
    }
    return hasOther && dots < 2;
  }

  private boolean isBehindColon(int user, int from, int to) {
    String password = line.substring(from, to);
    boolean isPort =
        password.length() <= LONGEST_PORT && password.chars().allMatch(c -> isDigit((char) c));
    boolean isAddress =
        password.contains(":")
            && from - 1 - user <= LONGEST_GROUP
            && line.substring(user, from - 1).chars().allMatch(c -> Character.digit(c, 16) >= 0);
    return !isPort && !isAddress && password.charAt(0) != '/' && password.charAt(0) != ':';
  }
}
