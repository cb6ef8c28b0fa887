package io.orchscope.errortest;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a device has written last, for somebody who waits for it to ask or to be ready. */
final class Terminal extends OutputStream {

  private static final int MOST_CHARACTERS = 1_024;

  /** Colours, titles and movements of the cursor, and what is not to be seen. */
  private static final Pattern ESCAPES =
      Pattern.compile(
          "\u001B\\[[0-9;?]{0,20}[ -/]?[@-~]"
              + "|\u001B\\][^\u0007\u001B]{0,200}\u0007"
              + "|\u001B[=>]|\u001B[()][0AB]|[\\x00-\\x07]");

  private static final Pattern PROMPT = Pattern.compile("(.*[^#>])?[#>] *", Pattern.DOTALL);
  private static final Predicate<String> ASKS = Pattern.compile("\\[[Yy]\\|[Nn]\\]").asPredicate();

  private final StringBuilder written = new StringBuilder();
  private boolean ended;

  @Override
  public void write(int octet) {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    // What matters is ASCII; halves of other characters do no harm here.
    written.append(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
    if (written.length() > MOST_CHARACTERS) {
      written.delete(0, written.length() - MOST_CHARACTERS);
    }
    notifyAll();
  }

  /** Nothing more will come. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Whether the device waits for a command: what it wrote last ends as a prompt does. */
  synchronized boolean isReady() {
    String text = text();
    int line = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    return PROMPT.matcher(text.substring(line)).matches();
  }

  /** Whether it waits for a yes or no, as in {@code [Y|N]}; source: domain.md §7. */
  synchronized boolean isAsking() {
    return text().strip().lines().reduce((first, last) -> last).filter(ASKS).isPresent();
  }

  synchronized boolean isEnded() {
    return ended;
  }

  /** What was written so far is done with. */
  synchronized void forget() {
    written.setLength(0);
  }

  /** Waits until something holds; answers whether it does. */
  synchronized boolean await(Predicate<Terminal> something, Deadline deadline)
      throws InterruptedException {
    while (!something.test(this) && !deadline.isOver()) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline.left().toNanos()));
    }
    return something.test(this);
  }

  private String text() {
    return ESCAPES.matcher(written).replaceAll("");
  }
}
