package io.orchscope.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Reads values and ids of OTLP. */
final class Values {

  private static final HexFormat HEX = HexFormat.of();

  static String id(ByteString bytes) {
    return HEX.formatHex(bytes.toByteArray());
  }

  static Attributes attributes(List<KeyValue> pairs) {
    AttributesBuilder attributes = Attributes.builder();
    pairs.forEach(pair -> put(attributes, pair.getKey(), pair.getValue()));
    return attributes.build();
  }

  static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> String.valueOf(value.getBoolValue());
      case INT_VALUE -> String.valueOf(value.getIntValue());
      case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
      case BYTES_VALUE -> id(value.getBytesValue());
      case ARRAY_VALUE -> texts(value.getArrayValue().getValuesList()).toString();
      case KVLIST_VALUE ->
          value.getKvlistValue().getValuesList().stream()
              .map(pair -> pair.getKey() + "=" + text(pair.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> "";
    };
  }

  private static void put(AttributesBuilder attributes, String key, AnyValue value) {
    switch (value.getValueCase()) {
      case BOOL_VALUE -> attributes.put(AttributeKey.booleanKey(key), value.getBoolValue());
      case INT_VALUE -> attributes.put(AttributeKey.longKey(key), value.getIntValue());
      case DOUBLE_VALUE -> attributes.put(AttributeKey.doubleKey(key), value.getDoubleValue());
      case ARRAY_VALUE -> putArray(attributes, key, value.getArrayValue().getValuesList());
      default -> attributes.put(AttributeKey.stringKey(key), text(value));
    }
  }

  /** The first one says of which type all are. */
  private static void putArray(AttributesBuilder attributes, String key, List<AnyValue> values) {
    AnyValue first = values.isEmpty() ? AnyValue.getDefaultInstance() : values.get(0);
    switch (first.getValueCase()) {
      case BOOL_VALUE ->
          attributes.put(
              AttributeKey.booleanArrayKey(key),
              values.stream().map(AnyValue::getBoolValue).toList());
      case INT_VALUE ->
          attributes.put(
              AttributeKey.longArrayKey(key), values.stream().map(AnyValue::getIntValue).toList());
      case DOUBLE_VALUE ->
          attributes.put(
              AttributeKey.doubleArrayKey(key),
              values.stream().map(AnyValue::getDoubleValue).toList());
      default -> attributes.put(AttributeKey.stringArrayKey(key), texts(values));
    }
  }

  private static List<String> texts(List<AnyValue> values) {
    return values.stream().map(Values::text).toList();
  }

  private Values() {}
}
