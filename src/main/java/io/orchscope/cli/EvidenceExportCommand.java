package io.orchscope.cli;

import io.orchscope.evidence.AttemptExport;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.KeptLogs;
import io.orchscope.evidence.StoredLogs;
import io.orchscope.evidence.StoredVerdict;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Settings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope evidence export}: one attempt of a circuit as a zip, to go with a ticket. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the evidence and the logs of one attempt of a circuit, the newest, as one zip.",
      "Logs are in it as text. Exit code 1 when some file could not be read to its end."
    })
final class EvidenceExportCommand implements Callable<Integer> {

  @Mixin private FolderOptions folders = new FolderOptions();

  @Parameters(
      paramLabel = "CIRCUIT",
      description = "Circuit id, or the label of a resource without one.")
  private String circuit = "";

  @Option(
      names = "--attempt",
      paramLabel = "ATTEMPT",
      description = "As 'list' shows it. Default: the newest.")
  private String attempt = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where to; it must not be there yet. - is the standard output. Default:"
              + " CIRCUIT_ATTEMPT.zip.")
  private String out = "";

  @Spec private CommandSpec spec;

  EvidenceExportCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    Settings settings = folders.configuration(Map.of()).settings();
    EvidenceSearch evidence = new EvidenceSearch(Path.of(settings.text("evidence.root")));
    KeptLogs logs = new KeptLogs(Path.of(settings.text("logs.root")));
    PrintWriter err = spec.commandLine().getErr();
    Map<String, Instant> attempts = attempts(evidence, logs);
    Optional<String> chosen =
        attempts.keySet().stream()
            .filter(it -> attempt.isEmpty() || it.equals(attempt) || it.endsWith("/" + attempt))
            .max(Comparator.comparing(attempts::get));
    if (chosen.isEmpty()) {
      err.println(
          "Nothing is kept about '" + Onlooker.printable(circuit) + "'" + whatThereIs(attempts));
      err.flush();
      return Exit.OUR_FILES;
    }
    AttemptExport.Written written = write(new AttemptExport(evidence, logs), chosen.get());
    written
        .damaged()
        .forEach(name -> err.println("DAMAGED  " + name + " could not be read to its end."));
    err.flush();
    return written.damaged().isEmpty() ? Exit.OK : Exit.OUR_FILES;
  }

  private String whatThereIs(Map<String, Instant> attempts) {
    return attempts.isEmpty()
        ? "."
        : " and attempt '"
            + Onlooker.printable(attempt)
            + "'. There are: "
            + String.join(", ", attempts.keySet())
            + ".";
  }

  private Map<String, Instant> attempts(EvidenceSearch evidence, KeptLogs logs) {
    Map<String, Instant> attempts = new TreeMap<>();
    for (StoredLogs stored : logs.of(circuit)) {
      attempts.put(
          stored.manifest().subject().evidence(), stored.manifest().subject().attemptedAt());
    }
    for (StoredVerdict stored : evidence.find(circuit)) {
      attempts.put(stored.folder(), stored.verdict().attemptedAt());
    }
    return attempts;
  }

  private AttemptExport.Written write(AttemptExport export, String chosen) {
    Path file = Path.of(out.isEmpty() ? AttemptExport.name(chosen) + ".zip" : out);
    try {
      if (out.equals("-")) {
        OutputStream standard = new BufferedOutputStream(System.out);
        AttemptExport.Written written = export.write(chosen, standard);
        standard.flush();
        return written;
      }
      if (Files.exists(file)) {
        throw new InvalidFileException(
            file.toString(), "whole file", "it is there already", "Name another with --out.");
      }
      AttemptExport.Written written = write(export, chosen, file);
      spec.commandLine()
          .getOut()
          .printf(
              "%,d files, %,d bytes unpacked, are in %s.%n",
              written.files(), written.bytes(), file);
      spec.commandLine().getOut().flush();
      return written;
    } catch (IOException refused) {
      throw new InvalidFileException(
          file.toString(),
          "whole file",
          "it cannot be written: "
              + refused.getClass().getSimpleName()
              + ": "
              + refused.getMessage(),
          "Look at the disk, its room and its rights, or name another with --out.");
    }
  }

  /** Half a zip never has the name of a whole one. */
  private static AttemptExport.Written write(AttemptExport export, String chosen, Path file)
      throws IOException {
    Path folder = file.toAbsolutePath().resolve("..").normalize();
    Path half = Files.createTempFile(folder, ".orchscope-", ".zip");
    try {
      AttemptExport.Written written;
      try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(half))) {
        written = export.write(chosen, stream);
      }
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
      return written;
    } finally {
      Files.deleteIfExists(half);
    }
  }
}
