package io.orchscope.step;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * Says nothing of a failure that goes back to whoever waits for the answer; Camel would log it with
 * its address and its body.
 */
public final class CallerIsTold implements ExceptionHandler {

  @Override
  public void handleException(@Nullable Throwable exception) {}

  @Override
  public void handleException(@Nullable String message, @Nullable Throwable exception) {}

  @Override
  public void handleException(
      @Nullable String message, @Nullable Exchange exchange, @Nullable Throwable exception) {}
}
