package io.phalanx.scheduler.snapshot;

/** A snapshot could not be written, or the folder not be read. */
public final class SnapshotFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SnapshotFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
