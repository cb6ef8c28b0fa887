package io.orchscope.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder of plan logs in which somebody has put what no careful reader takes, or takes with care:
 * all of it is about the oldest circuit that has failed.
 */
final class HostileFolder implements HostFolder {

  /** Where the link leads that leaves the tree of logs. */
  static final String OUTSIDE = "/etc/passwd";

  private static final long HUGE = 5L << 30;
  private static final int LONG_LINE = 3 << 20;

  private final HostFolder inner;
  private final Map<String, HostFile> hostile = new LinkedHashMap<>();

  /** Around a folder; the same in every host. */
  HostileFolder(HostFolder inner, Inventory inventory) {
    this.inner = inner;
    IntStream.range(0, inventory.size())
        .mapToObj(inventory::sketch)
        .filter(sketch -> sketch.fails() && sketch.owner() == sketch.index())
        .findFirst()
        .ifPresent(sketch -> fill(inventory.ids(), sketch));
  }

  /** What the link leads to. */
  static HostFolder outside(Inventory inventory) {
    String ids =
        IntStream.range(0, Math.min(inventory.size(), 1000))
            .mapToObj(inventory.ids()::resource)
            .reduce("root:x:0:0:out of the tree\n", (text, id) -> text + id + "\n");
    HostFile passwd = HostFile.text(bytes(ids), inventory.start());
    return new HostFolder() {
      @Override
      public Stream<String> names() {
        return Stream.of("passwd");
      }

      @Override
      public Optional<HostFile> file(String name) {
        return name.equals("passwd") ? Optional.of(passwd) : Optional.empty();
      }
    };
  }

  @Override
  public Stream<String> names() {
    return Stream.concat(hostile.keySet().stream(), inner.names());
  }

  @Override
  public Optional<HostFile> file(String name) {
    return Optional.ofNullable(hostile.get(name)).or(() -> inner.file(name));
  }

  private void fill(Ids ids, Sketch sketch) {
    String id = ids.resource(sketch.index());
    String script = "plan-script-" + id + "-activate-";
    Instant end = sketch.startOf(Math.max(1, sketch.attempts()) - 1).plusSeconds(sketch.seconds());
    byte[] mention = bytes("Resource " + id + " failed\n");
    for (String name :
        new String[] {
          script + "; touch injected ;",
          script + "$(touch injected)",
          script + "`touch injected`",
          script + "' || touch injected || '",
          script + "\"quoted\" & <b>bold",
          script + "two\nlines",
          script + "%2e%2e%2fescape\\..\\escape",
          "--checkpoint-action=exec=sh " + id
        }) {
      hostile.put(name, HostFile.text(mention, end));
    }
    hostile.put(script + "link", HostFile.link("../../../../../../.." + OUTSIDE, end));
    hostile.put(script + "link-to-itself", HostFile.link(script + "link-to-itself", end));
    hostile.put(script + "link-to-nothing", HostFile.link("/no/such/file", end));
    hostile.put(script + "folder", HostFile.folder(end));
    hostile.put(script + "unreadable", HostFile.text(mention, end).unreadable());
    hostile.put(script + "binary", HostFile.text(binary(ids, mention), end));
    hostile.put(script + "not-compressed.gz", HostFile.text(mention, end));
    String word = id + " ";
    int words = LONG_LINE / word.length();
    hostile.put(
        script + "one-line",
        HostFile.file(
            (long) words * word.length(), end, () -> ByteContent.of(bytes(word.repeat(words)))));
    hostile.put(script + "sparse", HostFile.file(HUGE, end, () -> sparse(mention)));
  }

  private static byte[] binary(Ids ids, byte[] mention) {
    byte[] bytes = new byte[65_536];
    SplittableRandom random = ids.random(0, "binary");
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) random.nextInt();
    }
    System.arraycopy(mention, 0, bytes, bytes.length / 2, mention.length);
    return bytes;
  }

  /** Mentions at both ends, and nothing in between. */
  private static ByteContent sparse(byte[] mention) {
    return (offset, into) -> {
      long begin = offset - into.position();
      while (into.hasRemaining()) {
        put(mention, begin + into.position(), into);
      }
    };
  }

  private static void put(byte[] mention, long at, ByteBuffer into) {
    long fromEnd = at - (HUGE - mention.length);
    long place = at < mention.length ? at : fromEnd;
    into.put(place >= 0 ? mention[(int) place] : 0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
