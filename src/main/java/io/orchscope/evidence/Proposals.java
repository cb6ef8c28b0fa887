package io.orchscope.evidence;

import io.orchscope.defect.DefectRule;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RulePattern;
import io.orchscope.evidence.Proposal.Overlap;
import io.orchscope.evidence.Verdict.Finding;
import io.orchscope.mask.Families;
import io.orchscope.mask.Template;
import io.orchscope.match.FirstMatch;
import io.orchscope.match.OrderedPatterns;
import io.orchscope.match.PatternLint;
import io.orchscope.match.PythonPattern;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules for the errors of the archive that a table does not know, a kind at a time. */
public final class Proposals {

  private static final String UNKNOWN = "UNCLASSIFIED";
  private static final int EXAMPLES = 3;
  private static final int ID_DIGITS = 8;

  /** MDSO's word for a class of errors, between the bar and the dash. */
  private static final Pattern CATEGORY =
      Pattern.compile("^[^|]{1,40}\\| ([A-Z][A-Za-z-]+(?: [A-Z][A-Za-z-]+){0,3}) - ");

  private final DefectRules rules;
  private final Map<String, Kind> unknown = new LinkedHashMap<>();
  private final Map<String, Past> history = new LinkedHashMap<>();
  private final Families families = new Families();

  /** What is known of the errors with one template. */
  private static final class Kind {
    private final Set<String> texts = new HashSet<>();
    private final Set<String> circuits = new HashSet<>();
    private long errors;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;

    private void add(String text, String circuit, Instant at) {
      errors++;
      texts.add(text);
      circuits.add(circuit);
      first = first.isBefore(at) ? first : at;
      last = last.isAfter(at) ? last : at;
    }

    private void add(Kind other) {
      errors += other.errors;
      texts.addAll(other.texts);
      circuits.addAll(other.circuits);
      first = first.isBefore(other.first) ? first : other.first;
      last = last.isAfter(other.last) ? last : other.last;
    }
  }

  /** An error of history as the table sees it now. */
  private record Past(String code, long errors) {}

  private Proposals(DefectRules rules) {
    this.rules = rules;
  }

  /**
   * What is proposed for the errors that were attempted after a moment, the most frequent first.
   *
   * <p>Errors: {@link StorageFault} when a folder cannot be listed.
   */
  public static List<Proposal> of(EvidenceSearch evidence, DefectRules rules, Instant after) {
    return looked(evidence, rules, after).made();
  }

  /**
   * One of them, by its id, with a pattern that somebody wants in place of the proposed one: what
   * that one matches. None when there is no such proposal.
   */
  public static Optional<Proposal> withPattern(
      EvidenceSearch evidence, DefectRules rules, Instant after, String id, Pattern pattern) {
    Proposals proposals = looked(evidence, rules, after);
    return proposals.kinds().entrySet().stream()
        .filter(kind -> id(kind.getKey()).equals(id))
        .map(kind -> proposals.proposal(kind.getKey(), kind.getValue(), Optional.of(pattern)))
        .findFirst();
  }

  private static Proposals looked(EvidenceSearch evidence, DefectRules rules, Instant after) {
    Proposals proposals = new Proposals(rules);
    for (String folder : evidence.folders()) {
      evidence
          .peek(folder)
          .map(StoredVerdict::verdict)
          .filter(verdict -> !verdict.attemptedAt().isBefore(after))
          .ifPresent(proposals::look);
    }
    return proposals;
  }

  private void look(Verdict verdict) {
    for (Finding finding : verdict.occurrences()) {
      String text = finding.normalised();
      String code =
          history.containsKey(text)
              ? history.get(text).code
              : rules.classify(text).code().map(Object::toString).orElse(UNKNOWN);
      history.merge(text, new Past(code, 1), (a, b) -> new Past(code, a.errors + 1));
      if (code.equals(UNKNOWN)) {
        // Of the words as MDSO wrote them, before they were cut off.
        Template template = Template.of(finding.text());
        families.add(template);
        unknown
            .computeIfAbsent(template.text(), key -> new Kind())
            .add(text, verdict.resource().circuit(), verdict.attemptedAt());
      }
    }
  }

  private Map<String, Kind> kinds() {
    Map<String, String> names = families.all();
    Map<String, Kind> kinds = new TreeMap<>();
    unknown.forEach(
        (key, kind) -> kinds.computeIfAbsent(names.get(key), name -> new Kind()).add(kind));
    return kinds;
  }

  private List<Proposal> made() {
    List<Proposal> proposals = new ArrayList<>();
    kinds().forEach((name, kind) -> proposals.add(proposal(name, kind, Optional.empty())));
    proposals.sort(
        Comparator.comparingLong(Proposal::errors).reversed().thenComparing(Proposal::id));
    return List.copyOf(proposals);
  }

  private static String id(String name) {
    return Sha256.hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS);
  }

  private Proposal proposal(String name, Kind kind, Optional<Pattern> wanted) {
    List<String> texts = kind.texts.stream().sorted().toList();
    Pattern compiled =
        wanted.orElseGet(() -> Pattern.compile(RulePattern.of(texts), PythonPattern.FLAGS));
    Matcher category = CATEGORY.matcher(texts.get(0));
    return new Proposal(
        id(name),
        compiled.pattern(),
        category.find() ? category.group(1) : "Unclassified",
        name,
        examples(texts),
        kind.errors,
        kind.circuits.size(),
        kind.first,
        kind.last,
        overlaps(compiled, kind.texts),
        PatternLint.of(compiled).stream().map(it -> it.reason() + ". " + it.remedy()).toList());
  }

  /** The first, the last and the longest. */
  private static List<String> examples(List<String> texts) {
    List<String> some = new ArrayList<>(List.of(texts.get(0), texts.get(texts.size() - 1)));
    texts.stream().max(Comparator.comparingInt(String::length)).ifPresent(some::add);
    return some.stream().distinct().limit(EXAMPLES).toList();
  }

  private List<Overlap> overlaps(Pattern pattern, Collection<String> members) {
    // Whatever somebody wants: it may need for ever by itself.
    OrderedPatterns bounded = OrderedPatterns.of(List.of(pattern));
    Map<String, Overlap> found = new TreeMap<>();
    history.forEach(
        (text, past) -> {
          if (!members.contains(text) && mayMatch(bounded, text)) {
            found.merge(
                past.code, new Overlap(past.code, past.errors, List.of(text)), Proposals::both);
          }
        });
    for (DefectRule rule : rules.rules()) {
      String code = rule.code().toString();
      rule.examples().stream()
          .filter(example -> mayMatch(bounded, example))
          .forEach(
              example ->
                  found.merge(code, new Overlap(code, 0, List.of(example)), Proposals::both));
    }
    return List.copyOf(found.values());
  }

  /** What cannot be decided within what it may cost counts as a match. */
  private static boolean mayMatch(OrderedPatterns bounded, String text) {
    FirstMatch first = bounded.find(text);
    return first.found().isPresent() || !first.undecided().isEmpty();
  }

  private static Overlap both(Overlap one, Overlap other) {
    return new Overlap(
        one.code(),
        one.errors() + other.errors(),
        Stream.concat(one.texts().stream(), other.texts().stream()).distinct().sorted().toList());
  }
}
