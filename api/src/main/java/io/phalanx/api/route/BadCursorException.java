package io.phalanx.api.route;

/** The cursor is none that was given out. */
final class BadCursorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadCursorException() {
    super("bad cursor", null, false, false);
  }
}
