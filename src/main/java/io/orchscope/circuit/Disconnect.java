package io.orchscope.circuit;

/**
 * How much of an endpoint a disconnect takes out of service.
 *
 * <p>After a FULL disconnect the device at the customer's is expected to be gone; after a PARTIAL
 * one it stays in service, so that its silence is a fault. Source: domain.md §3.3.
 */
public enum Disconnect {
  FULL,
  PARTIAL
}
