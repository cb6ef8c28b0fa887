package io.orchscope.logtext;

import io.orchscope.logtext.Remark.Kind;
import io.orchscope.secret.SecretMask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remarks, as many as may be: of each kind the first, where a cause is, and the last, where the end
 * is; of elapsed times the longest alone.
 */
final class RemarkBox {

  static final int FIRST = 20;
  static final int LAST = 40;

  private final Map<Kind, List<Remark>> first = new EnumMap<>(Kind.class);
  private final Map<Kind, Deque<Remark>> last = new EnumMap<>(Kind.class);
  private Optional<Remark> longest = Optional.empty();
  private double longestElapsed;
  private boolean isCut;

  void add(long line, Statement said) {
    if (said.kind() == Kind.ELAPSED) {
      elapsed(line, said);
      return;
    }
    List<Remark> begin = first.computeIfAbsent(said.kind(), kind -> new ArrayList<>());
    if (begin.size() < FIRST) {
      begin.add(remark(line, said));
      return;
    }
    Deque<Remark> end = last.computeIfAbsent(said.kind(), kind -> new ArrayDeque<>());
    end.add(remark(line, said));
    if (end.size() > LAST) {
      end.removeFirst();
      isCut = true;
    }
  }

  /** In the order of their lines, and of one line by kind. */
  List<Remark> remarks() {
    List<Remark> all = new ArrayList<>();
    first.values().forEach(all::addAll);
    last.values().forEach(all::addAll);
    longest.ifPresent(all::add);
    all.sort(Comparator.comparingLong(Remark::line).thenComparing(Remark::kind));
    return all;
  }

  /** Whether some were left out. */
  boolean isCut() {
    return isCut;
  }

  private void elapsed(long line, Statement said) {
    double seconds = Execution.elapsed(said.text()).orElse(0);
    if (longest.isEmpty() || seconds > longestElapsed) {
      longest = Optional.of(remark(line, said));
      longestElapsed = seconds;
    }
  }

  /** Secrets go before the text is cut, since half of one would not be known. */
  private static Remark remark(long line, Statement said) {
    String clean = SecretMask.textWithoutSecrets(said.text());
    String text = said.kind() == Kind.EXCEPTION ? StackTrace.fitted(clean) : cut(clean);
    return new Remark(line, said.kind(), said.at(), said.level(), text);
  }

  private static String cut(String text) {
    if (text.length() <= Remark.LONGEST) {
      return text;
    }
    int end = Remark.LONGEST - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
