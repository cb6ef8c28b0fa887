package io.orchscope.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** A command of somebody who types into it. */
public final class TypedCommand {

  private TypedCommand() {}

  /** What it prints, on both streams. */
  public static synchronized String of(String typed, String... words) {
    InputStream before = System.in;
    StringWriter text = new StringWriter();
    try {
      System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
      PrintWriter out = new PrintWriter(text, true);
      Commands.execute(out, out, words);
      return text.toString();
    } finally {
      System.setIn(before);
    }
  }
}
