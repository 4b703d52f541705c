package io.phalanx.scheduler.journal;

/** Another process, or another part of this one, has the journal open. */
public final class JournalLockedException extends JournalException {
  private static final long serialVersionUID = 1L;

  private final long pid;

  /**
   * @param pid of the holder as it is written in the lock file, 0 if it cannot be read
   */
  public JournalLockedException(String file, long pid) {
    super(file + " is held by process " + (pid == 0 ? "unknown" : pid), null);
    this.pid = pid;
  }

  /** The holder, 0 if unknown. */
  public long pid() {
    return pid;
  }
}
