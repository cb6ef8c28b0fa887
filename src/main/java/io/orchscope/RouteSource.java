package io.orchscope;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/** Content of one route file at one moment. */
final class RouteSource {

  private final Path path;
  private final byte[] content;

  RouteSource(Path path, byte[] content) {
    this.path = path;
    this.content = content.clone();
  }

  Path path() {
    return path;
  }

  String name() {
    return String.valueOf(path.getFileName());
  }

  /** Errors: {@link CharacterCodingException} when it is not UTF-8. */
  String text() throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
  }

  /** The same content for Camel, under the name of the file. */
  Resource resource() {
    return ResourceHelper.fromBytes("file:" + path, content);
  }

  /** Whether the text has a key, as {@code routeTemplate:}. */
  boolean mentions(String key) {
    return new String(content, StandardCharsets.UTF_8).contains(key);
  }

  boolean hasContentOf(RouteSource other) {
    return Arrays.equals(content, other.content);
  }
}
