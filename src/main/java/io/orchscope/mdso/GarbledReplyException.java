package io.orchscope.mdso;

/**
 * A neighbour answered with something that is not what it says it speaks; a fault of the neighbour.
 */
public final class GarbledReplyException extends RuntimeException {

  public GarbledReplyException(String message) {
    super(message);
  }
}
