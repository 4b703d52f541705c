package io.phalanx.scheduler.storage;

import java.sql.SQLException;

/** What an error of SQLite means for the statement that failed. */
public enum SqliteFault {
  /** A constraint refused it; nothing was written and the connection is fine. */
  REFUSED,
  /** The disk failed while it was being written: it may be there after the file is opened anew. */
  DISK,
  /** The file is not, or no longer, a well-formed database. */
  DAMAGED,
  /** Anything else; nothing was written. */
  OTHER;

  private static final int PRIMARY_CODE = 0xff;

  public static SqliteFault of(SQLException e) {
    // https://www.sqlite.org/rescode.html: the low byte is the primary code
    return switch (e.getErrorCode() & PRIMARY_CODE) {
      case 19 -> REFUSED; // SQLITE_CONSTRAINT
      case 10, 13 -> DISK; // SQLITE_IOERR, SQLITE_FULL
      case 11, 26 -> DAMAGED; // SQLITE_CORRUPT, SQLITE_NOTADB
      default -> OTHER;
    };
  }
}
