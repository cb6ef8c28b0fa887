package io.orchscope.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * How our own files are written: snake case, two spaces, keys in the order of the record, LF.
 *
 * <p>Shape: times are ISO-8601 in UTC; what is not there has no key. Reading passes over keys that
 * a later version added, and refuses a file that lacks one of ours.
 */
final class EvidenceJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .annotationIntrospector(new EverythingButOptionalIsRequired())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .serializationInclusion(JsonInclude.Include.NON_ABSENT)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  static byte[] write(Object file) {
    try {
      String text = MAPPER.writer(printer()).writeValueAsString(file) + "\n";
      return withLoneSurrogatesEscaped(text).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Our own records can be written as JSON.", e);
    }
  }

  /** Errors: {@link IOException} unless the bytes are such a file. */
  static <T> T read(byte[] bytes, Class<T> type) throws IOException {
    T file = MAPPER.readValue(bytes, type);
    if (file == null) {
      throw new IOException("The file holds nothing but null");
    }
    return file;
  }

  /**
   * MDSO's texts may hold one half of a surrogate pair, which UTF-8 cannot say but JSON can: it
   * only ever stands inside a string.
   */
  private static String withLoneSurrogatesEscaped(String text) {
    if (text.codePoints().noneMatch(EvidenceJson::isSurrogate)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (isSurrogate(point)) {
                escaped.append(String.format(Locale.ROOT, "\\u%04X", point));
              } else {
                escaped.appendCodePoint(point);
              }
            });
    return escaped.toString();
  }

  private static boolean isSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withArrayEmptySeparator("")
            .withObjectEmptySeparator("");
    return new DefaultPrettyPrinter(separators).withArrayIndenter(lines).withObjectIndenter(lines);
  }

  private EvidenceJson() {}

  /** Says which keys a file must have: all whose type does not speak of absence. */
  private static final class EverythingButOptionalIsRequired extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      return !Optional.class.equals(member.getRawType());
    }
  }
}
