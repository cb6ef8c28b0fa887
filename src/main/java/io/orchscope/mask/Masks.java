package io.orchscope.mask;

import io.orchscope.mask.Piece.Kind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How names, numbers and times look in MDSO's messages.
 *
 * <p>Shape: tried in their order at the beginning of each word; none needs more than time in
 * proportion to the word. Source: domain.md §4.4.
 */
final class Masks {

  /**
   * What a slot looks like, and what has to stand before it; words that stay have no kind.
   *
   * @param since the version of fingerprints from which on it is used
   */
  private record Mask(Pattern pattern, Pattern before, Kind kind, boolean stays, int since) {

    private Mask from(int version) {
      return new Mask(pattern, before, kind, stays, version);
    }
  }

  /** What was found at a place. */
  record Found(int end, Kind kind, boolean stays) {}

  private static final Pattern ANYWHERE = Pattern.compile("");

  /** How far back the words that make a context are looked for. */
  private static final int CONTEXT = 48;

  /** Who stands behind "by" and is no name. */
  static final String NOBODY =
      "a|an|the|its|this|that|another|other|one|some|default|design|name|hand|user|users|login|peer"
          + "|server|client|device|router|switch|firewall|controller|gateway|proxy|agent|adapter"
          + "|remote|host|policy|system|kernel|database|broker|neighbor|neighbour|carrier|vendor"
          + "|customer|provider|inventory|administrator|operator|script|plan|process|resource"
          + "|timeout|service|session|mdso|granite|beorn|ipc|far|local";

  /** What people do, and programs note. */
  private static final String DONE =
      "locked|changed|edited|created|owned|modified|held|returned|opened|reserved|booked|submitted"
          + "|requested|approved|assigned|deleted|removed|updated|saved";

  /** Where a place of a CLLI code can be. */
  private static final String STATES =
      "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]"
          + "|UT|V[AT]|W[AIVY]";

  /** What stands in capitals and is no place. */
  private static final String ROLES =
      "PRIMARY|SECONDARY|STANDBY|WORKING|ACTIVE|INACTIVE|PASSIVE|PROTECT|UNKNOWN|INVALID|MISSING"
          + "|DEFAULT|REQUIRED|REJECTED|SELECTED";

  private static final List<Mask> ALL =
      List.of(
          // Contexts: whatever the word is, it is a value there.
          after("\\bresponse: ?", ".{1,5000}+", Kind.REST),
          after("\\bis INVALID for ", "[^.\\n]{1,200}+", Kind.REST),
          after(
              "\\b(?i:vendor)(?: type)?:? ",
              "(?!is\\b|not\\b|session\\b)[A-Za-z][\\w-]*+",
              Kind.NAME),
          after("\\b(?:command|cmd): ", "[\\w./-]++", Kind.NAME),
          after(
              "\\b(?:evcId|SHA|label|user|username|hostname)[:=]? ",
              "[\\w.-]{3,}+(?<![a-z]{3})",
              Kind.NAME),
          after("\\bNode name: ", "\\S++", Kind.NAME),
          // What looks like itself.
          mask("[A-Z0-9]{8,20}+-ETH PORT[ -][0-9][0-9/.-]*+", Kind.NAME),
          mask("ETH PORT[ -][0-9][0-9/.-]*+", Kind.NAME),
          mask("FP (?:SHAPER|POLICER)-[\\w-]++", Kind.NAME),
          // What has a key that a person, a thing or a place stands behind.
          after(
                  "\\b(?i:model|optic|serial|part|device|fqdn|node|host|interface|customer|site|clli|vrf|policer|firmware|image|user|owner)(?:"
                      + " (?i:name|id|number))?: ",
                  "(?!\\S{0,200}:(?:\\s|$))[A-Z](?:[\\w/()+-]|\\.(?=\\w))*+",
                  Kind.NAME)
              .from(3),
          after("\\b(?:location|site|clli|CLLI|customer) ", "[A-Z][A-Z0-9]{5,10}+\\b", Kind.NAME)
              .from(3),
          after("\\b(?:by|for|of|as) (?:user|login) ", "[\\w@-](?:[\\w@-]|\\.(?=\\w))*+", Kind.NAME)
              .from(3),
          after("\\bline [0-9]{1,6}, in ", "[\\w<>]++", Kind.NAME).from(3),
          after("\\b(?:to float|base [0-9]{1,2}): '", "[^']{1,200}+", Kind.NAME).from(3),
          // Who did it, where it is, what it is, in the middle of a sentence.
          after(
                  "\\b(?:" + DONE + ")\\b[^.;:]{0,24}+(?<=[ :])[Bb]y:? ",
                  "(?!(?i:"
                      + NOBODY
                      + ")\\b)(?!\\w{0,60}(?:Error|Exception)\\b)"
                      + "[A-Za-z](?:[\\w@-]|\\.(?=\\w)){1,60}+"
                      + "(?= (?:on|from|at|since|terminal)\\b| \\()",
                  Kind.NAME)
              .from(4),
          after(
                  "\\b(?:container|office) ",
                  "(?!(?:" + ROLES + ")\\b)[A-Z][A-Z0-9]{5,10}+(?![.-]?\\w)",
                  Kind.NAME)
              .from(4),
          // A CLLI code; words in capitals have such letters in their middle, too.
          after(
                  "\\b(?:at|from|site is|office is) ",
                  "[A-Z]{4}(?:" + STATES + ")[A-Z]{2}(?![.-]?\\w)(?<!ED|AL|TE|CT|RE|ER|NG|ON|NT)",
                  Kind.NAME)
              .from(4),
          after("\\bcode: ?[0-9]{3},? (?:body|response): ?", ".{1,5000}+", Kind.REST).from(4),
          after("\\b(?:convert|parse|cast|decode) ['\"]", "[^'\"]{1,200}+", Kind.NAME).from(4),
          // The phrase of a 4xx says what is wrong; that of a 5xx, who could not say it.
          after("\\b5[0-9]{2} (?i:server error): ", ".{1,200}?(?= for url)", Kind.REST).from(4),
          after("\\b[Ff]ile ['\"]", "(?:[\\w.@+-]{1,80}/){1,20}+[\\w.@+-]{1,80}", Kind.PATH)
              .from(4),
          mask(
                  "(?i:adva|ciena|cisco|juniper|nokia|rad)(?: (?:FSP|SAOS|ETX|MX|SRX|ACX)(?= ))?+ "
                      + "(?=[A-Za-z-]{0,20}[0-9])[\\w-]{2,40}+(?:\\([^()\\s]{1,40}\\))?+",
                  Kind.NAME)
              .from(4),
          mask("(?:Q?SFP|XFP|CFP)[0-9+]{0,4}+(?:-[A-Z0-9+]{1,12}){1,5}+(?![\\w-])", Kind.NAME)
              .from(4),
          // What looks like itself, again.
          mask("ETHERNET-(?![\\w])", Kind.NAME),
          mask("https?://[^\\s'\"<>]++", Kind.URL),
          mask("plan-script-[\\w:.-]*+", Kind.NAME),
          mask("[\\w.+-]{1,64}+@[\\w-]++(?:\\.[\\w-]++)++", Kind.NAME),
          mask("/(?:[\\w.@+-]++/)++[\\w.@+-]*+", Kind.PATH),
          mask(
              "(?i:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday)?\\b,?+(?=\\s+[A-Z0-9])",
              Kind.TIME),
          mask(
              "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*+\\.?(?=[ -]+[0-9])",
              Kind.TIME),
          mask("(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\\b", Kind.NAME),
          mask("[0-9]{1,3}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9}+)?+\\b(?![:/])", Kind.TIME).from(3),
          mask(
                  "[0-9A-Fa-f]{0,4}+:(?:[0-9A-Fa-f]{0,4}+:){1,7}+[0-9A-Fa-f]{0,4}+%[\\w.-]++",
                  Kind.NAME)
              .from(3),
          mask(
              "[0-9A-Fa-f]{0,4}+:(?:[0-9A-Fa-f]{0,4}+:){1,7}+[0-9A-Fa-f]{0,4}+(?:/[0-9]{1,3})?(?![\\w])",
              Kind.NAME),
          mask(
              "(?i)(?:[a-z0-9_-]{1,63}\\.){1,10}(?:com|net|org|edu|gov|local|lan|corp|example|test|invalid)\\b",
              Kind.NAME),
          mask("[A-Z][A-Z0-9_-]{0,200}+(?:\\.+[A-Z0-9_-]++)++", Kind.NAME),
          mask("[A-Z]{10}W\\b", Kind.NAME),
          mask("[0-9a-fA-F]{32,}+\\b", Kind.NAME),
          // Names of programs and of what they are written for stay, with a digit too.
          stays(
              "(?:[a-z][A-Za-z_]{0,80}+[0-9]{0,2}+[A-Za-z_]{0,80}+\\.){1,12}+"
                  + "[A-Za-z][A-Za-z_]{0,80}+(?:[0-9]{0,2}+[A-Za-z_]{1,80}+)?+(?![\\w/.:@-]{0,80}[0-9])"),
          stays("IPv[46]\\b"),
          mask(
                  "[+-]?+[0-9]++(?:[.,][0-9]++)*+ ?+(?:[kKMGT]?bps|[KMGT]?i?B|[Bb]ytes?|ms|s|secs?"
                      + "|seconds?|mins?|minutes?|hrs?|hours?|days?|dBm?|nm|km|[kMG]?Hz)\\b"
                      + "(?![/.:@#-]?\\w)",
                  Kind.NUMBER)
              .from(3),
          mask(
                  "[\\p{L}_.:/@#+-]{0,200}+\\p{Nd}[\\p{L}\\p{Nd}_.:/@#+*~-]*+"
                      + "\\((?=[^()\\s]{0,60}[0-9])[\\w.:/-]{1,60}+\\)[\\w.-]*+",
                  Kind.NAME)
              .from(3),
          mask("[\\p{L}_.:/@#%+-]{0,200}+[0-9]++(?:[.,:][0-9]++)*+%?+(?![\\w/.:@#-])", Kind.NUMBER),
          mask("[\\p{L}_.:/@#+-]{0,200}+\\p{Nd}[\\p{L}\\p{Nd}_.:/@#+*~-]*+", Kind.NAME));

  private Masks() {}

  /** What begins at a place, if it is anything; its end otherwise is the place. */
  static Found at(String text, int from, int version) {
    char first = text.charAt(from);
    if (first == '{' || first == '[') {
      return new Found(Dump.end(text, from), Kind.DUMP, false);
    }
    if (first == '<') {
      return new Found(Dump.endOfXml(text, from), Kind.DUMP, false);
    }
    String before = text.substring(Math.max(0, from - CONTEXT), from);
    for (Mask mask : ALL) {
      if (mask.since > version
          || (mask.before != ANYWHERE && !mask.before.matcher(before).find())) {
        continue;
      }
      Matcher matcher = mask.pattern.matcher(text).region(from, text.length());
      matcher.useTransparentBounds(true);
      if (matcher.lookingAt() && matcher.end() > from) {
        return new Found(matcher.end(), mask.kind, mask.stays);
      }
    }
    return new Found(from, Kind.REST, true);
  }

  private static Mask mask(String pattern, Kind kind) {
    return new Mask(Pattern.compile(pattern), ANYWHERE, kind, false, 2);
  }

  private static Mask after(String before, String pattern, Kind kind) {
    return new Mask(
        Pattern.compile(pattern, Pattern.DOTALL), Pattern.compile(before + "$"), kind, false, 2);
  }

  private static Mask stays(String pattern) {
    return new Mask(Pattern.compile(pattern), ANYWHERE, Kind.REST, true, 2);
  }
}
