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
    Optional<byte[]> bytes = evidence.file(request.word("folder"), name);
    if (bytes.isEmpty()) {
      return views.refusal(
          404,
          "There is no such file",
          "The evidence may be older than evidence.keep-for, and purged. The circuit's page lists"
              + " what is kept.",
          visitor);
    }
    // As plain text whatever it holds: no browser is to run what MDSO has written.
    Reply reply = new Reply(200, "text/plain; charset=utf-8", Map.of(), bytes.get());
    return request.word("download").equals("yes")
        ? reply.with(
            "Content-Disposition",
            "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + "\"")
        : reply;
  }
}
