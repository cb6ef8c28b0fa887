package io.orchscope.console;

import io.orchscope.evidence.EvidenceSearch;
import java.util.Map;
import java.util.Optional;

/** A file of the evidence, to read or to keep. */
public final class EvidencePage implements Page {

  private final Views views;
  private final EvidenceSearch evidence;

  public EvidencePage(Views views, EvidenceSearch evidence) {
    this.views = views;
    this.evidence = evidence;
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    String name = request.word("file");
    Optional<Reply> file = file(evidence, request.word("folder"), name);
    if (file.isEmpty()) {
      return views.refusal(
          404,
          "There is no such file",
          "The evidence may be older than evidence.keep-for, and purged. The circuit's page lists"
              + " what is kept.",
          visitor);
    }
    return request.word("download").equals("yes")
        ? file.get()
            .with(
                "Content-Disposition",
                "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + "\"")
        : file.get();
  }

  /** As plain text whatever it holds: no browser is to run what MDSO has written. */
  public static Optional<Reply> file(EvidenceSearch evidence, String folder, String name) {
    return evidence
        .file(folder, name)
        .map(bytes -> new Reply(200, "text/plain; charset=utf-8", Map.of(), bytes));
  }
}
