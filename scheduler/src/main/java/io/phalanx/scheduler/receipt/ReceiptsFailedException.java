package io.phalanx.scheduler.receipt;

import org.jspecify.annotations.Nullable;

/** The log of receipts could not be read or written; a write has then not happened. */
public final class ReceiptsFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReceiptsFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
