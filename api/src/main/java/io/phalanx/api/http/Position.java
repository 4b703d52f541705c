package io.phalanx.api.http;

/**
 * The state an answer comes from.
 *
 * @param journal position of the newest committed event in it
 * @param epoch the leader's epoch there
 */
public record Position(long journal, long epoch) {

  /** Before anything was written. */
  public static final Position NONE = new Position(0, 0);
}
