package io.orchscope.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.orchscope.settings.RejectedFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Writes pages from templates, which escape all that they are given. */
public final class Views {

  private static final int REFRESH_SECONDS = 10;

  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
  private final String environment;
  private final Clock clock;
  private final Supplier<List<RejectedFiles.Rejection>> rejected;

  /**
   * Pages about an environment.
   *
   * @param rejected changes of files of which every page says that they are rejected
   */
  public Views(String environment, Clock clock, Supplier<List<RejectedFiles.Rejection>> rejected) {
    this.environment = environment;
    this.clock = clock;
    this.rejected = rejected;
  }

  Clock clock() {
    return clock;
  }

  /** The frame of a page that shows what it was when it was asked for. */
  Frame frame(String title, String section, Visitor visitor) {
    return frame(title, section, visitor, 0);
  }

  /** The frame of a page that keeps itself up to date. */
  Frame liveFrame(String title, String section, Visitor visitor) {
    return frame(title, section, visitor, REFRESH_SECONDS);
  }

  private Frame frame(String title, String section, Visitor visitor, int refresh) {
    return new Frame(
        title, section, visitor, environment, clock.instant(), refresh, rejected.get());
  }

  /** A page with its frame and what it is about. */
  Reply page(String template, Frame frame, Object model) {
    return page(200, template, frame, model);
  }

  /** The same with another status of HTTP. */
  Reply page(int status, String template, Frame frame, Object model) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    engine.render(template + ".jte", Map.of("frame", frame, "model", model), output);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(output.getContentLength());
    try {
      output.writeTo(bytes::write);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Reply.html(status, Visible.of(bytes.toByteArray()));
  }

  /** A page that says what is wrong, and what to do. */
  Reply refusal(int status, String title, String remedy, Visitor visitor) {
    return page(status, "refusal", frame(title, "", visitor), remedy);
  }
}
