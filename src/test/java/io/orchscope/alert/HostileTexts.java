package io.orchscope.alert;

import java.util.List;
import java.util.Random;

/** Texts that a network might send to somebody who shows them; the same ones for the same seed. */
final class HostileTexts {

  private static final List<String> PIECES =
      List.of(
          "`",
          "``",
          "```",
          "\n```\n",
          "~~~\n",
          "<@all>",
          "<@personEmail:somebody@example.com>",
          "<@personId:Y2lz>",
          "&lt;@all&gt;",
          "<spark-mention data-object-type=\"groupMention\">",
          "</spark-mention>",
          "<script>alert(1)</script>",
          "<",
          "@",
          "@all",
          "[x](http://example.com)",
          "**",
          "_",
          "# ",
          "\r\n",
          "\r",
          "\n",
          "\t",
          "\u0000",
          "\u0007",
          "\u001B[31m",
          "\u001B]0;x\u0007",
          "\u007F",
          "\u0085",
          "\u009B2J",
          "\u202E",
          "\u2066",
          "\u200B",
          "\u200D",
          "\u2028",
          "\u2029",
          "\uFEFF",
          "\uD83D",
          "\uDE00",
          "\uD83D\uDE00",
          "é",
          "€",
          "漢字",
          " ",
          "\\",
          "&",
          "|",
          "=cmd",
          "MDSO | Process Error - ",
          "device: ABCDTXAB1ZW ",
          "192.0.2.10 ");

  private final Random random;

  HostileTexts(long seed) {
    random = new Random(seed);
  }

  /** From a few pieces to more than any message holds; never blank, as a circuit's name is not. */
  String next() {
    StringBuilder text = new StringBuilder("x");
    int pieces = 1 << random.nextInt(13);
    for (int i = 0; i < pieces; i++) {
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      text.append(piece.repeat(random.nextInt(50) == 0 ? 100 : 1));
    }
    String withoutStart = text.substring(1);
    return withoutStart.isBlank() ? text.toString() : withoutStart;
  }
}
