/**
 * An OpenTelemetry backend for tests: takes what is exported by OTLP, over a real connection, and
 * behaves as badly as it is told to.
 */
package io.orchscope.otlp;
