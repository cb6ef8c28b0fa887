package io.orchscope.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;

/** Puts onto a log record, before it is sent, which circuit it is about. */
final class CircuitOnLogs implements LogRecordProcessor {

  @Override
  public void onEmit(Context context, ReadWriteLogRecord record) {
    CircuitContext.fieldsOf(context)
        .forEach((name, value) -> record.setAttribute(AttributeKey.stringKey(name), value));
  }
}
