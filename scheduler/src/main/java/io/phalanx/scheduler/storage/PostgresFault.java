package io.phalanx.scheduler.storage;

import java.sql.SQLException;
import java.util.Set;

/** What an error of PostgreSQL means for the statement that failed. */
public enum PostgresFault {
  /** A constraint refused it; nothing was written and the connection is fine. */
  REFUSED,
  /** The server took it back, and said so. */
  NOT_DONE,
  /** The server's answer is not known, or does not say. */
  UNKNOWN;

  // https://www.postgresql.org/docs/current/errcodes-appendix.html: the first two are the class
  private static final Set<String> TAKEN_BACK =
      Set.of("0A", "21", "22", "25", "26", "28", "3D", "3F", "40", "42", "53", "54", "55");
  private static final String REFUSING = "23";
  private static final String CANCELLED = "57014";
  private static final String CLASS_OF_UNKNOWN = "40003"; // statement_completion_unknown

  public static PostgresFault of(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.startsWith(REFUSING)) {
      return REFUSED;
    }
    boolean isTakenBack = state.length() == 5 && TAKEN_BACK.contains(state.substring(0, 2));
    return (isTakenBack && !state.equals(CLASS_OF_UNKNOWN)) || state.equals(CANCELLED)
        ? NOT_DONE
        : UNKNOWN;
  }
}
