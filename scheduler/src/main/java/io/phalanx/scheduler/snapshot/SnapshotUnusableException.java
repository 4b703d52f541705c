package io.phalanx.scheduler.snapshot;

/** Thrown by the reader of a whole snapshot that it cannot use: the one before is tried. */
public final class SnapshotUnusableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SnapshotUnusableException(String reason) {
    super(reason);
  }
}
