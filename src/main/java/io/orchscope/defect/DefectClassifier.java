package io.orchscope.defect;

import io.orchscope.secret.OutsideText;
import io.orchscope.trace.FoundError;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** From an error found to an occurrence with its code, by the table that holds at the moment. */
public final class DefectClassifier {

  private final Function<FoundError, OutsideText> normalise;
  private volatile DefectRules rules;

  /**
   * A classifier that starts with these rules.
   *
   * @param normalise from the words of a failure to the text that patterns are written for
   */
  public DefectClassifier(DefectRules rules, Function<FoundError, OutsideText> normalise) {
    this.rules = rules;
    this.normalise = normalise;
  }

  /**
   * The error with its code and the key under which it is recorded once.
   *
   * @param originationOrResourceId of the resource that the action was asked of, or of the circuit
   *     where no orchestration trace spoke
   * @param traceId of the orchestration trace, empty where none spoke
   */
  public Occurrence classify(String originationOrResourceId, String traceId, FoundError error) {
    String key = originationOrResourceId + "/" + traceId + "/" + error.entryIndex();
    return new Occurrence(key, error, rules.classify(normalise.apply(error)));
  }

  /** The table that holds at the moment. */
  public DefectRules rules() {
    return rules;
  }

  /** Takes another table from the next error on; an error under way ends with the one it began. */
  public synchronized void replace(DefectRules next) {
    rules = next;
  }

  /** Next version of the table, which may be written to its file when it is made. */
  @FunctionalInterface
  public interface Change {

    /** The next version; none when the active one stays. */
    Optional<DefectRules> make() throws IOException;
  }

  /**
   * Makes a change and takes its table while no other change is made, so that the active table is
   * that of the file.
   *
   * <p>Errors: those of the change; the active table stays.
   */
  public synchronized void change(Change change) throws IOException {
    change.make().ifPresent(next -> rules = next);
  }
}
