package io.orchscope.evidence;

import java.util.regex.Pattern;

/**
 * Any text as the name of a file or folder for people to read, in the manner of the old collector:
 * {@code :} and {@code /} are {@code -}, a blank is {@code _}.
 *
 * <p>Shape: a text that is harmless then is its own name, unlike {@link SafeName}, whose names of
 * lower-case words are hard to read. Any other is a tilde and its safe name. Different texts may
 * have one name, and names may differ in case alone; who gives names away tells them apart.
 */
final class LogName {

  private static final int LONGEST = 120;
  private static final Pattern HARMLESS =
      Pattern.compile("[A-Za-z0-9_-]([A-Za-z0-9._-]*[A-Za-z0-9_-])?");

  static String of(String text) {
    String name = text.replace(':', '-').replace('/', '-').replace(' ', '_');
    boolean isHarmless =
        name.length() <= LONGEST && HARMLESS.matcher(name).matches() && !SafeName.isDevice(name);
    return isHarmless ? name : escaped(text);
  }

  /** Never the name of another text, nor one that {@link #of} finds harmless. */
  static String escaped(String text) {
    return "~" + SafeName.of(text);
  }

  private LogName() {}
}
