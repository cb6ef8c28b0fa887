package io.orchscope.secret;

import java.util.List;

/**
 * The words behind which secrets stand.
 *
 * <p>Shape: a word's end counts, whatever its case and whether {@code _}, {@code -} or {@code .}
 * joins its parts: {@code clientSecret}, {@code SNMP-COMMUNITY}, {@code db.user_password}.
 */
final class SecretWords {

  /** How a word announces a secret. */
  enum Announces {
    NOTHING,
    /** With a sign: {@code pwd: x}, {@code pwd=x}. */
    WITH_SIGN,
    /** The same, but no short word behind a colon: {@code cannot get a token: timed out}. */
    TOKEN,
    /** The same, and quoted or encrypted: {@code secret "x"}, {@code password 7 0822455D0A16}. */
    WITH_SIGN_OR_BLANK,
    /** Behind a colon only what is no reason and no short number: it means other things, too. */
    WITH_SIGN_IN_DATA,
    /** Only behind {@code =}. */
    WITH_EQUALS,
    /** Only encrypted: {@code key 7 0822455D0A16}. */
    WITH_BLANK,
    /** With a sign unless a reason follows: {@code otp=x}. */
    CODE,
    /** Only behind other words of a login: {@code user x, pass y}. */
    LOGIN,
    /** Where a user and a password follow: {@code auth=('user', 'x')}. */
    AUTH,
    AUTHORIZATION,
    BASIC,
    BEARER,
    COOKIE,
    COMMUNITY
  }

  private record Word(String letters, Begin begin, Announces announces) {}

  /** Where the letters of a word may begin. */
  private enum Begin {
    ANYWHERE,
    AT_JOINT,
    WHOLE
  }

  /** The first that fits counts. */
  private static final List<Word> WORDS =
      List.of(
          ending("password", Announces.WITH_SIGN_OR_BLANK),
          ending("passwd", Announces.WITH_SIGN_OR_BLANK),
          ending("passphrase", Announces.WITH_SIGN_OR_BLANK),
          ending("passcode", Announces.WITH_SIGN_OR_BLANK),
          ending("pwd", Announces.LOGIN),
          ending("keystring", Announces.WITH_SIGN_OR_BLANK),
          ending("messagedigestkey", Announces.WITH_SIGN_OR_BLANK),
          ending("accountkey", Announces.WITH_SIGN),
          ending("credentials", Announces.TOKEN),
          ending("credential", Announces.TOKEN),
          joined("creds", Announces.TOKEN),
          joined("cred", Announces.TOKEN),
          ending("signature", Announces.WITH_EQUALS),
          joined("sig", Announces.WITH_EQUALS),
          ending("sshpass", Announces.WITH_SIGN_IN_DATA),
          ending("storepass", Announces.WITH_SIGN_IN_DATA),
          ending("keypass", Announces.WITH_SIGN_IN_DATA),
          ending("userpass", Announces.WITH_SIGN_IN_DATA),
          ending("dbpass", Announces.WITH_SIGN_IN_DATA),
          ending("secret", Announces.WITH_SIGN_OR_BLANK),
          ending("samlresponse", Announces.WITH_SIGN),
          ending("samlrequest", Announces.WITH_SIGN),
          ending("samlassertion", Announces.WITH_SIGN),
          ending("clientassertion", Announces.WITH_EQUALS),
          ending("pagetoken", Announces.NOTHING),
          ending("token", Announces.TOKEN),
          ending("apikey", Announces.TOKEN),
          ending("authkey", Announces.WITH_SIGN_OR_BLANK),
          ending("authenticationkey", Announces.WITH_SIGN_OR_BLANK),
          ending("accesskey", Announces.TOKEN),
          ending("secretkey", Announces.TOKEN),
          ending("privatekey", Announces.TOKEN),
          ending("sharedkey", Announces.WITH_SIGN_OR_BLANK),
          ending("encryptionkey", Announces.TOKEN),
          ending("signingkey", Announces.TOKEN),
          ending("sshkey", Announces.TOKEN),
          ending("psk", Announces.WITH_SIGN_OR_BLANK),
          ending("authorization", Announces.AUTHORIZATION),
          whole("jsessionid", Announces.WITH_SIGN),
          whole("bearer", Announces.BEARER),
          whole("cookie", Announces.COOKIE),
          whole("setcookie", Announces.COOKIE),
          whole("key", Announces.WITH_BLANK),
          joined("pass", Announces.LOGIN),
          joined("pw", Announces.LOGIN),
          whole("pin", Announces.CODE),
          joined("pincode", Announces.CODE),
          joined("otp", Announces.CODE),
          joined("totp", Announces.CODE),
          joined("otpcode", Announces.CODE),
          ending("mfacode", Announces.CODE),
          ending("onetimecode", Announces.CODE),
          ending("verificationcode", Announces.CODE),
          ending("sessionid", Announces.TOKEN),
          ending("sessid", Announces.TOKEN),
          ending("sessionkey", Announces.TOKEN),
          ending("md5auth", Announces.WITH_SIGN_OR_BLANK),
          ending("md5key", Announces.WITH_SIGN_OR_BLANK),
          ending("privkey", Announces.TOKEN),
          ending("wpakey", Announces.WITH_SIGN_OR_BLANK),
          ending("wepkey", Announces.WITH_SIGN_OR_BLANK),
          ending("masterkey", Announces.TOKEN),
          ending("hmackey", Announces.TOKEN),
          ending("subscriptionkey", Announces.TOKEN),
          whole("basic", Announces.BASIC),
          ending("basicauth", Announces.AUTH),
          ending("digestauth", Announces.AUTH),
          joined("auth", Announces.AUTH),
          joined("auths", Announces.AUTH),
          joined("cookie", Announces.TOKEN),
          whole("snmpcommunity", Announces.COMMUNITY),
          whole("communitystring", Announces.COMMUNITY),
          whole("community", Announces.COMMUNITY),
          ending("community", Announces.WITH_SIGN));

  /** By their last letters. */
  private static final List<List<Word>> BY_LAST_LETTER =
      "abcdefghijklmnopqrstuvwxyz"
          .chars()
          .mapToObj(
              last ->
                  WORDS.stream()
                      .filter(word -> word.letters.charAt(word.letters.length() - 1) == last)
                      .toList())
          .toList();

  /** Say in what form the secret is that is named before them: {@code passwordHash}. */
  private static final List<String> FORMS =
      List.of(
          "hash",
          "hashed",
          "value",
          "val",
          "text",
          "hex",
          "base64",
          "b64",
          "md5",
          "sha1",
          "sha256",
          "sha512",
          "digest",
          "str",
          "plain",
          "enc",
          "encrypted",
          "old",
          "new",
          "current",
          "backup",
          "entry",
          "ciphertext",
          "cleartext");

  private static final int MOST_FORMS = 3;

  /** By their last characters. */
  private static final String[][] FORM_BY_LAST = new String['z' + 1][];

  static {
    for (char last = 0; last <= 'z'; last++) {
      char end = last;
      FORM_BY_LAST[last] =
          FORMS.stream()
              .filter(form -> form.charAt(form.length() - 1) == end)
              .toArray(String[]::new);
    }
  }

  private SecretWords() {}

  /** What the word between two places of a line announces. */
  static Announces of(String line, int from, int to) {
    Announces announces = named(line, from, to);
    int end = to;
    for (int i = 0; i < MOST_FORMS && announces == Announces.NOTHING; i++) {
      int shorter = withoutForm(line, from, end);
      if (shorter == end) {
        return announces;
      }
      end = shorter;
      announces = ofForm(named(line, from, end));
    }
    return announces;
  }

  /** What means something else without its form: {@code tokens}, {@code key1}, {@code pw2}. */
  private static Announces ofForm(Announces announces) {
    return switch (announces) {
      case LOGIN -> Announces.WITH_SIGN_IN_DATA;
      case WITH_BLANK, BASIC, BEARER, AUTH, AUTHORIZATION, WITH_EQUALS -> Announces.NOTHING;
      default -> announces;
    };
  }

  /** The end of a word without the form, the number or the plural that ends it. */
  private static int withoutForm(String line, int from, int to) {
    char last = lower(line.charAt(to - 1));
    if (last > 'z') {
      return to;
    }
    for (String form : FORM_BY_LAST[last]) {
      int at = to - form.length();
      if (at > from
          && line.regionMatches(true, at, form, 0, form.length())
          && (isJoint(line.charAt(at - 1)) || isHump(line, at - 1))) {
        return pastJoints(line, from, at);
      }
    }
    int end = to;
    while (end > from && ValueForms.isDigit(line.charAt(end - 1))) {
      end--;
    }
    if (end < to && end > from) {
      Announces named = named(line, from, pastJoints(line, from, end));
      return named == Announces.WITH_SIGN_OR_BLANK || named == Announces.TOKEN ? end : to;
    }
    if (last == 's' && to - from > 4) {
      Announces named = named(line, from, to - 1);
      boolean isCount = endsWith(line, from, to, "tokens");
      return named != Announces.NOTHING && named != Announces.LOGIN && !isCount ? to - 1 : to;
    }
    return to;
  }

  private static boolean endsWith(String line, int from, int to, String end) {
    int at = to - end.length();
    return at >= from && line.regionMatches(true, at, end, 0, end.length());
  }

  private static int pastJoints(String line, int from, int to) {
    int end = to;
    while (end > from + 1 && isJoint(line.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static Announces named(String line, int from, int to) {
    int last = lower(line.charAt(to - 1)) - 'a';
    if (last < 0 || last >= BY_LAST_LETTER.size()) {
      return Announces.NOTHING;
    }
    for (Word word : BY_LAST_LETTER.get(last)) {
      if (isAtEnd(word, line, from, to)) {
        return word.announces;
      }
    }
    return Announces.NOTHING;
  }

  /** Whether the value of a field with this name is a secret as a whole. */
  static boolean isSecretName(String name) {
    if (name.isEmpty()) {
      return false;
    }
    return switch (of(name, 0, name.length())) {
      case NOTHING, WITH_BLANK, WITH_EQUALS, COMMUNITY, AUTH, BASIC -> false;
      default -> true;
    };
  }

  private static boolean isAtEnd(Word word, String line, int from, int to) {
    int at = to - 1;
    for (int letter = word.letters.length() - 1; letter >= 0; letter--) {
      while (at >= from && isJoint(line.charAt(at))) {
        at--;
      }
      if (at < from || lower(line.charAt(at)) != word.letters.charAt(letter)) {
        return false;
      }
      at--;
    }
    boolean isJoined = at < from || isJoint(line.charAt(at)) || isHump(line, at);
    if (word.begin == Begin.AT_JOINT) {
      return isJoined;
    }
    while (word.begin == Begin.WHOLE && at >= from && line.charAt(at) == '-') {
      at--;
    }
    return word.begin == Begin.ANYWHERE || at < from;
  }

  /** Whether a capital letter begins behind a small one. */
  private static boolean isHump(String line, int at) {
    return at + 1 < line.length()
        && Character.isLowerCase(line.charAt(at))
        && Character.isUpperCase(line.charAt(at + 1));
  }

  private static boolean isJoint(char character) {
    return character == '_' || character == '-' || character == '.';
  }

  private static char lower(char character) {
    return character >= 'A' && character <= 'Z' ? (char) (character + 32) : character;
  }

  private static Word ending(String letters, Announces announces) {
    return new Word(letters, Begin.ANYWHERE, announces);
  }

  private static Word whole(String letters, Announces announces) {
    return new Word(letters, Begin.WHOLE, announces);
  }

  private static Word joined(String letters, Announces announces) {
    return new Word(letters, Begin.AT_JOINT, announces);
  }
}
