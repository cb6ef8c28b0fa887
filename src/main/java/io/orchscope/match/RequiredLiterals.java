package io.orchscope.match;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a text must hold for a pattern to be found in it.
 *
 * <p>Parts that follow each other are crossed, as far as they stand for few texts; of branches one
 * must be there; what may be left out and what must not be there asks for nothing.
 */
final class RequiredLiterals {

  private static final int MOST_TEXTS = 16;
  private static final int MOST_WAYS = 32;
  private static final int LONG_ENOUGH = 11;

  /**
   * What is known of a part.
   *
   * @param exact the only texts that it can stand for, if they are few
   * @param needs what else must be there
   */
  private record Known(Optional<Set<Literal>> exact, List<Need> needs) {

    static Known exactly(Literal literal) {
      return new Known(Optional.of(Set.of(literal)), List.of());
    }

    static Known only(List<Need> needs) {
      return new Known(Optional.empty(), needs);
    }
  }

  private RequiredLiterals() {}

  /** The needs of a pattern, ordered ones in their order. */
  static List<Need> of(Part pattern) {
    return flat(known(pattern));
  }

  private static Known known(Part part) {
    if (part instanceof Part.Text text) {
      return text.folded() && hasSurrogates(text.text())
          ? Known.only(List.of())
          : Known.exactly(new Literal(text.text(), text.folded()));
    }
    if (part instanceof Part.OneOf set) {
      return new Known(members(set), List.of());
    }
    if (part instanceof Part.Sequence sequence) {
      return inSequence(sequence.parts());
    }
    if (part instanceof Part.Choice choice) {
      return ofBranches(choice.branches());
    }
    if (part instanceof Part.Repeat repeat) {
      return repeated(repeat);
    }
    if (part instanceof Part.Atomic atomic) {
      return known(atomic.part());
    }
    if (part instanceof Part.Look look) {
      List<Need> asked = look.negative() ? List.of() : flat(known(look.part()));
      return new Known(
          Known.exactly(Literal.EMPTY).exact(), asked.stream().map(Need::unordered).toList());
    }
    return part instanceof Part.Edge ? Known.exactly(Literal.EMPTY) : Known.only(List.of());
  }

  private static boolean hasSurrogates(String text) {
    return text.chars().anyMatch(c -> Character.isSurrogate((char) c));
  }

  private static Optional<Set<Literal>> members(Part.OneOf set) {
    if (set.negated() || set.isOpaque() || !set.escapes().isEmpty() || set.ranges().isEmpty()) {
      return Optional.empty();
    }
    Set<Literal> members = new LinkedHashSet<>();
    for (Part.Range range : set.ranges()) {
      if (range.high() > Character.MAX_VALUE || range.high() - range.low() >= 4) {
        return Optional.empty();
      }
      for (int c = range.low(); c <= range.high(); c++) {
        members.add(new Literal(Character.toString(c), set.folded()));
      }
    }
    return members.size() <= 4 ? Optional.of(members) : Optional.empty();
  }

  private static Known inSequence(List<Part> parts) {
    Chain chain = new Chain();
    parts.forEach(part -> chain.add(known(part)));
    return chain.known();
  }

  /** What is known of parts that follow each other. */
  private static final class Chain {

    private final List<Need> needs = new ArrayList<>();
    private Set<Literal> run = Set.of(Literal.EMPTY);
    private boolean isWhole = true;

    private void add(Known next) {
      needs.addAll(next.exact().isPresent() ? next.needs() : List.of());
      Set<Literal> before = run;
      Optional<Set<Literal>> together = next.exact().flatMap(texts -> crossed(before, texts));
      if (together.isPresent()) {
        run = together.get();
        return;
      }
      isWhole = false;
      need(run).ifPresent(needs::add);
      needs.addAll(next.exact().isPresent() ? List.of() : next.needs());
      run = next.exact().orElse(Set.of(Literal.EMPTY));
    }

    private Known known() {
      if (isWhole) {
        return new Known(Optional.of(run), needs);
      }
      need(run).ifPresent(needs::add);
      return Known.only(needs);
    }
  }

  /** All of the one followed by all of the other; none when that is more than it is worth. */
  private static Optional<Set<Literal>> crossed(Set<Literal> run, Set<Literal> next) {
    boolean isPlain = run.size() == 1 && run.contains(Literal.EMPTY);
    boolean bothSingle = run.size() == 1 && next.size() == 1;
    boolean isSharpByItself = shortest(run) >= LONG_ENOUGH || shortest(next) >= LONG_ENOUGH;
    if ((!isPlain && !bothSingle && isSharpByItself) || run.size() * next.size() > MOST_TEXTS) {
      return Optional.empty();
    }
    Set<Literal> crossed = new LinkedHashSet<>();
    run.forEach(first -> next.forEach(second -> crossed.add(first.then(second))));
    return Optional.of(crossed);
  }

  private static int shortest(Set<Literal> texts) {
    return texts.stream().mapToInt(Literal::length).min().orElse(0);
  }

  private static Optional<Need> need(Set<Literal> texts) {
    return texts.stream().anyMatch(Literal::isEmpty)
        ? Optional.empty()
        : Optional.of(new Need(texts.stream().map(List::of).toList(), true));
  }

  private static Known ofBranches(List<Part> branches) {
    Set<Literal> texts = new LinkedHashSet<>();
    List<List<Literal>> ways = new ArrayList<>();
    boolean allExact = true;
    boolean allNeed = true;
    for (Part branch : branches) {
      Known known = known(branch);
      allExact &= known.exact().isPresent() && known.needs().isEmpty();
      known.exact().ifPresent(texts::addAll);
      List<List<Literal>> told = ways(flat(known));
      allNeed &= !told.isEmpty();
      ways.addAll(told);
    }
    if (allExact && texts.size() <= MOST_TEXTS) {
      return new Known(Optional.of(texts), List.of());
    }
    return allNeed && ways.size() <= MOST_WAYS
        ? Known.only(List.of(new Need(List.copyOf(ways), true)))
        : Known.only(List.of());
  }

  /** The ways in which a branch can be told, whatever else it asks for; none if it cannot. */
  private static List<List<Literal>> ways(List<Need> needs) {
    List<Literal> always =
        needs.stream()
            .filter(need -> need.ordered() && need.hasOneWay())
            .flatMap(need -> need.ways().get(0).stream())
            .toList();
    if (!always.isEmpty()) {
      return List.of(always);
    }
    return needs.stream().filter(Need::ordered).findFirst().map(Need::ways).orElse(List.of());
  }

  private static Known repeated(Part.Repeat repeat) {
    Known once = known(repeat.part());
    if (repeat.least() == 0) {
      boolean isBrief =
          repeat.most() == 1
              && once.needs().isEmpty()
              && once.exact().filter(texts -> longest(texts) < LONG_ENOUGH).isPresent();
      return isBrief
          ? new Known(once.exact().map(RequiredLiterals::orNothing), List.of())
          : Known.only(List.of());
    }
    if (repeat.most() == 1) {
      return once;
    }
    boolean isText = once.exact().filter(texts -> texts.size() == 1).isPresent();
    if (repeat.least() == repeat.most() && repeat.least() <= LONG_ENOUGH && isText) {
      Literal text = once.exact().orElseThrow().iterator().next();
      Literal all = new Literal(text.text().repeat(repeat.least()), text.folded());
      return new Known(Optional.of(Set.of(all)), once.needs());
    }
    return Known.only(flat(once));
  }

  private static int longest(Set<Literal> texts) {
    return texts.stream().mapToInt(Literal::length).max().orElse(0);
  }

  private static Set<Literal> orNothing(Set<Literal> texts) {
    Set<Literal> more = new LinkedHashSet<>(texts);
    more.add(Literal.EMPTY);
    return more;
  }

  private static List<Need> flat(Known known) {
    List<Need> needs = new ArrayList<>(known.needs());
    known.exact().flatMap(RequiredLiterals::need).ifPresent(needs::add);
    return needs;
  }
}
