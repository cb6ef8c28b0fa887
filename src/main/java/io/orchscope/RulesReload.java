package io.orchscope;

import io.orchscope.defect.DefectClassifier;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RuleLint;
import io.orchscope.defect.RulesFile;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Mistake;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.FileWatcherResourceReloadStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a changed table of rules over while the application runs, once its own examples have proved
 * it. An error that is being classified ends with the table that it began with.
 */
final class RulesReload extends FileWatcherResourceReloadStrategy {

  static final String FILE = "defect-rules.yaml";

  private static final Logger log = LoggerFactory.getLogger(RulesReload.class);

  private final Path file;
  private final DefectClassifier classifier;

  private RulesReload(Path folder, DefectClassifier classifier) {
    super(folder.toString());
    this.file = folder.resolve(FILE);
    this.classifier = classifier;
    setFileFilter(changed -> changed.getName().equals(FILE));
    setPollTimeout(500);
    setResourceReload(this::reload);
  }

  /** Starts to watch the table when the context starts. */
  static void watch(CamelContext context, Path folder, DefectClassifier classifier) {
    try {
      context.addService(new RulesReload(folder, classifier));
    } catch (Exception unwatchable) {
      throw new IllegalStateException("The table of rules cannot be watched.", unwatchable);
    }
  }

  private synchronized void reload(String name, Resource changed) {
    try {
      DefectRules next = RulesFile.read(file);
      String before = classifier.rules().version();
      if (next.version().equals(before)) {
        return;
      }
      RuleLint.ofChanged(file.toString(), classifier.rules(), next)
          .forEach(warning -> log.warn("A rule may become slow or undecided. {}", warning));
      classifier.replace(next);
      log.info(
          "A changed table of rules was taken over. rules={} version={} before={}",
          next.rules().size(),
          next.version(),
          before);
    } catch (InvalidFileException wrong) {
      for (Mistake mistake : wrong.mistakes()) {
        log.error("A changed table of rules was refused; the old one goes on. {}", mistake);
      }
    }
  }
}
