package io.phalanx.scheduler.journal;

/**
 * What a process asked of its disk.
 *
 * @param kind what it asked
 * @param file the file's number, that of the folder for {@link Kind#SYNC_NAMES}
 * @param name of the file, for what changes names
 * @param begun when it asked, in lines of the recording
 * @param done when that was answered
 * @param at where bytes go, or to what length it is cut
 * @param bytes what is written
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DiskOp(Kind kind, int file, String name, int begun, int done, long at, byte[] bytes) {
  /** What can be asked. */
  enum Kind {
    CREATE,
    WRITE,
    CUT,
    SYNC,
    REMOVE,
    SYNC_NAMES,
    PROMISE
  }

  boolean isOfNames() {
    return kind == Kind.CREATE || kind == Kind.REMOVE;
  }

  boolean isOfBytes() {
    return kind == Kind.WRITE || kind == Kind.CUT;
  }
}
