package io.orchscope;

import io.orchscope.defect.DefectClassifier;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RuleLint;
import io.orchscope.defect.RulesFile;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Mistake;
import io.orchscope.settings.RejectedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a changed rule table while the application runs, once its own examples have proved it. An
 * error that is being classified ends with the table that it began with.
 */
final class RulesReload {

  static final String FILE = "defect-rules.yaml";

  private static final Logger log = LoggerFactory.getLogger(RulesReload.class);
  private static final RejectedFiles.Kind KIND = RejectedFiles.Kind.RULES;

  private final Path file;
  private final DefectClassifier classifier;
  private final RejectedFiles rejected;

  private RulesReload(Path folder, DefectClassifier classifier, RejectedFiles rejected) {
    this.file = folder.resolve(FILE);
    this.classifier = classifier;
    this.rejected = rejected;
  }

  /** Watches the table from the start of the context to its stop. */
  static void watch(
      CamelContext context, Path folder, DefectClassifier classifier, RejectedFiles rejected) {
    RulesReload reload = new RulesReload(folder, classifier, rejected);
    new FileWatch(() -> List.of(reload.file), reload::examine, System::nanoTime)
        .through(context, "watch-rules");
  }

  private FileWatch.Finding examine() {
    try {
      DefectRules edited = RulesFile.read(file);
      return new FileWatch.Finding(true, () -> take(edited));
    } catch (InvalidFileException wrong) {
      return new FileWatch.Finding(false, () -> reject(wrong.mistakes()));
    }
  }

  private void take(DefectRules edited) {
    DefectRules active = classifier.rules();
    boolean wasRejected = rejected.accept(KIND);
    if (edited.version().equals(active.version())) {
      if (wasRejected) {
        log.info("The rule table is that of the active version again.");
      }
      return;
    }
    RuleLint.ofChanged(file.toString(), active, edited)
        .forEach(warning -> log.warn("A rule may become slow or undecided. {}", warning));
    if (!replace(edited)) {
      // The watch sees the newer file, and examines it.
      return;
    }
    log.info(
        "Rule change applied. rules={} version={} before={}",
        edited.rules().size(),
        edited.version(),
        active.version());
  }

  /** Whether the edited table is active now; not where the file has been replaced meanwhile. */
  private boolean replace(DefectRules edited) {
    try {
      classifier.change(
          () ->
              RulesFile.isVersionOf(edited.version(), Files.readAllBytes(file))
                  ? Optional.of(edited)
                  : Optional.empty());
    } catch (IOException gone) {
      return false;
    }
    return classifier.rules().version().equals(edited.version());
  }

  private void reject(List<Mistake> mistakes) {
    rejected.reject(KIND, mistakes);
    mistakes.forEach(
        mistake ->
            log.error("Rule change rejected; the previous version stays active. {}", mistake));
  }
}
