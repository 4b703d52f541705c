package io.phalanx.scheduler.journal;

/**
 * The place where a journal ends, or ended: what the next row is chained to.
 *
 * @param last position of the row's last event; 0 in a journal with nothing but its genesis
 * @param hash of that row
 * @param epoch of the leader that wrote it; 0 for the genesis
 */
public record JournalHead(long last, Hash hash, long epoch) {
  public JournalHead {
    if (last < 0 || epoch < 0) {
      throw new IllegalArgumentException("negative position or epoch: " + last + ", " + epoch);
    }
  }
}
