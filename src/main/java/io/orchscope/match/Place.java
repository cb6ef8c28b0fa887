package io.orchscope.match;

/**
 * From where to where a pattern is found, as one number, so that looking for it makes no objects.
 */
final class Place {

  /** It is not found. */
  static final long NOWHERE = -1;

  /** Nobody can say within what it may cost. */
  static final long UNDECIDED = -2;

  private Place() {}

  static long of(int start, int end) {
    return ((long) start << Integer.SIZE) | end;
  }

  static int start(long place) {
    return (int) (place >>> Integer.SIZE);
  }

  static int end(long place) {
    return (int) place;
  }
}
