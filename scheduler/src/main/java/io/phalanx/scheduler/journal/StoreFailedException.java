package io.phalanx.scheduler.journal;

import org.jspecify.annotations.Nullable;

/**
 * The store could not do it, and certainly did not. An embedded store is dead from then on: close
 * it, open it anew, read it again.
 */
public final class StoreFailedException extends JournalException {
  private static final long serialVersionUID = 1L;

  public StoreFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
