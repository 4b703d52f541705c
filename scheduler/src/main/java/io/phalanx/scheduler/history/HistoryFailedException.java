package io.phalanx.scheduler.history;

import org.jspecify.annotations.Nullable;

/** The history could not be read or written; a write has then not happened, or can be repeated. */
public final class HistoryFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HistoryFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
