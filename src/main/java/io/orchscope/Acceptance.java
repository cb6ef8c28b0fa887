package io.orchscope;

import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RulesDraft;
import io.orchscope.evidence.Durability;
import io.orchscope.evidence.EvidenceArchive;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.Reclassification;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.Recoding;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A proposal becomes a rule, and its errors get the new code, in evidence and ledger. */
public final class Acceptance {

  private final Path config;
  private final Settings settings;
  private final Ledger ledger;

  /** The table as it is from now on, and what changed by it. */
  public record Accepted(DefectRules rules, Reclassification.Result result) {}

  /**
   * Acceptances of one configuration.
   *
   * @param config the folder with the rules' file
   */
  public Acceptance(Path config, Settings settings, Ledger ledger) {
    this.config = config;
    this.settings = settings;
    this.ledger = ledger;
  }

  /** The file that rules are added to. */
  public Path file() {
    return config.resolve(RulesReload.FILE);
  }

  /** Write of a table to its file, which may make the table active at the same time. */
  @FunctionalInterface
  public interface Activation {

    /** Writes the table and returns it. */
    DefectRules activate(RulesDraft.Prepared prepared) throws IOException;
  }

  /**
   * Adds a rule to the file and classifies again what was attempted after a moment. A running
   * Orchscope reloads the new table.
   *
   * <p>Errors: {@link InvalidFileException} with what is wrong with the table then, or when the
   * file has changed since the base was read, and {@link IOException}; nothing is changed.
   *
   * @param base the table that the rule was made for
   */
  public Accepted accept(
      RulesDraft.Wish wish, DefectRules base, Instant after, Activation activation)
      throws IOException {
    DefectRules rules = activation.activate(new RulesDraft(file()).prepare(wish, base));
    Path root = Path.of(settings.text("evidence.root"));
    Durability durability = settings.flag("evidence.fsync") ? Durability.FSYNC : Durability.NONE;
    try (EvidenceArchive archive = new EvidenceArchive(root, Clock.systemUTC(), durability)) {
      Recoding recoding = new Recoding(ledger);
      Reclassification.Result result =
          new Reclassification(
                  new EvidenceSearch(root), rules, Optional.of(archive), recoding::move)
              .run(List.of(), after, (done, all) -> {});
      return new Accepted(rules, result);
    }
  }
}
