/**
 * The OpenTelemetry SDK, the signals of the domain, and traces that can be read without a backend.
 */
package io.orchscope.telemetry;
