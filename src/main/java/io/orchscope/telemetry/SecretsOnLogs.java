package io.orchscope.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;

/**
 * Masks secrets in the attributes of a log record before it is sent; its body is masked by the
 * appender that hands it over.
 */
final class SecretsOnLogs implements LogRecordProcessor {

  @Override
  public void onEmit(Context context, ReadWriteLogRecord record) {
    record.getAttributes().forEach((key, value) -> attribute(record, key, value));
  }

  private static void attribute(ReadWriteLogRecord record, AttributeKey<?> key, Object value) {
    if (key.getType() == AttributeType.STRING) {
      String safe = LogText.masked(String.valueOf(value));
      if (!safe.equals(value)) {
        record.setAttribute(AttributeKey.stringKey(key.getKey()), safe);
      }
    }
  }
}
