package io.phalanx.scheduler.journal;

import org.jspecify.annotations.Nullable;

/** A fault of the journal: never something that a caller of the service can cause. */
public abstract class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JournalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
