package io.orchscope.logtext;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What devices of Juniper said when they refused something: the {@code <message>} of each {@code
 * <xnm:error …>…</xnm:error>}, in a text that comes in parts.
 *
 * <p>Shape: lines without the blanks around them, blank lines left out, entities decoded; where a
 * program of Python wrote the XML as one of its strings, its {@code \n} are line ends, too. Errors:
 * none; warnings within an error are passed over, a message that is not closed ends with its block,
 * with the text, or after {@value #LONGEST_MESSAGE} characters, a block after {@value
 * #LONGEST_BLOCK}. Source: domain.md §5.4.
 */
public final class JunosErrors {

  /** Units: characters. Longer ones are cut, with a mark at their end. */
  public static final int LONGEST_MESSAGE = 2_000;

  private static final int LONGEST_BLOCK = 65_536;
  private static final int LONGEST_TAG = 1_000;
  private static final String ERROR = "xnm:error";
  private static final String WARNING = "xnm:warning";
  private static final String MESSAGE = "message";
  private static final String REPLY = "rpc-reply";

  private final StringBuilder tag = new StringBuilder();
  private final StringBuilder message = new StringBuilder();
  private final List<String> ended = new ArrayList<>();
  private boolean isInTag;
  private boolean isInError;
  private boolean isInWarning;
  private boolean isInMessage;
  private int blockLength;

  /** All messages of a text. */
  public static List<String> messages(String text) {
    JunosErrors errors = new JunosErrors();
    List<String> messages = new ArrayList<>(errors.accept(text));
    messages.addAll(errors.end());
    return List.copyOf(messages);
  }

  /** The messages that end in the next part of the text, which may be cut anywhere. */
  public List<String> accept(String part) {
    int at = 0;
    while (at < part.length()) {
      at = isInTag ? tag(part, at) : text(part, at);
    }
    return taken();
  }

  /** The message that has begun and will not be ended any more. */
  public List<String> end() {
    endMessage();
    isInTag = false;
    isInError = false;
    return taken();
  }

  /** Whether an error has begun and not ended. */
  public boolean isOpen() {
    return isInError || isInTag;
  }

  private List<String> taken() {
    if (ended.isEmpty()) {
      return List.of();
    }
    List<String> messages = List.copyOf(ended);
    ended.clear();
    return messages;
  }

  private int text(String part, int from) {
    int sign = part.indexOf('<', from);
    int end = sign < 0 ? part.length() : sign;
    keep(part, from, end);
    if (sign < 0) {
      return end;
    }
    isInTag = true;
    tag.setLength(0);
    return sign + 1;
  }

  /** Reads on within a tag; what only begins like one is text. */
  private int tag(String part, int from) {
    int at = from;
    while (at < part.length()) {
      char character = part.charAt(at);
      if (character == '>') {
        isInTag = false;
        blockLength += tag.length();
        tag();
        return at + 1;
      }
      if (character == '<' || tag.length() == LONGEST_TAG || isNoneOfOurs()) {
        isInTag = false;
        String begun = "<" + tag;
        keep(begun, 0, begun.length());
        return at;
      }
      tag.append(character);
      at++;
    }
    return at;
  }

  /** Outside of errors nothing else matters, and most of a log is outside. */
  private boolean isNoneOfOurs() {
    return !isInError && tag.length() == ERROR.length() && !tag.toString().equals(ERROR);
  }

  private void tag() {
    boolean isEnd = tag.length() > 0 && tag.charAt(0) == '/';
    boolean isBegin = !isEnd && tag.length() > 0 && tag.charAt(tag.length() - 1) != '/';
    String name = name(isEnd ? 1 : 0);
    switch (name) {
      case ERROR -> {
        endMessage();
        isInError = isBegin;
        isInWarning = false;
        blockLength = 0;
      }
      case WARNING -> isInWarning = isBegin;
      case MESSAGE -> {
        endMessage();
        isInMessage = isBegin && isInError && !isInWarning;
      }
      case REPLY -> {
        endMessage();
        isInError = false;
      }
      default -> keepTag();
    }
  }

  /** Within a message {@code <x>} is a word: {@code expecting <statement>}. */
  private void keepTag() {
    if (isInMessage) {
      String whole = "<" + tag + ">";
      keep(whole, 0, whole.length());
    }
  }

  private String name(int from) {
    int end = from;
    while (end < tag.length() && tag.charAt(end) > ' ' && (end == from || tag.charAt(end) != '/')) {
      end++;
    }
    return tag.substring(from, end);
  }

  private void keep(String part, int from, int to) {
    if (!isInError) {
      return;
    }
    if (isInMessage) {
      int room = LONGEST_MESSAGE + 1 - message.length();
      message.append(part, from, Math.min(to, from + Math.max(0, room)));
      if (message.length() > LONGEST_MESSAGE) {
        endMessage();
      }
    }
    blockLength += to - from;
    if (blockLength > LONGEST_BLOCK) {
      endMessage();
      isInError = false;
    }
  }

  private void endMessage() {
    if (isInMessage) {
      String tidy = tidy(message.toString());
      if (!tidy.isEmpty()) {
        ended.add(tidy);
      }
    }
    message.setLength(0);
    isInMessage = false;
  }

  private static String tidy(String text) {
    String lines =
        text.replace("\\r", "").replace("\\n", "\n").replace("\\t", " ").replace("\\'", "'");
    String tidy =
        XmlText.decoded(lines)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining("\n"));
    return text.length() <= LONGEST_MESSAGE
        ? tidy
        : tidy.substring(0, Math.min(tidy.length(), LONGEST_MESSAGE - 1)) + "…";
  }
}
