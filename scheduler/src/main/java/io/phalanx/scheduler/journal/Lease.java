package io.phalanx.scheduler.journal;

/**
 * What nodes tell each other through the store about who leads a cell. It fences nothing: that is
 * the journal's work. Every method may throw {@link StoreFailedException}, and may then have taken
 * effect or not; none waits for longer than a few seconds.
 */
public interface Lease extends AutoCloseable {

  /**
   * What stands in the store.
   *
   * @param newestEpoch that was claimed, whether or not the lease was taken under it
   * @param epoch under which the lease was taken
   * @param node who took it; empty before the first
   * @param renewals rises with each renewal
   * @param released whether its holder has given it up
   * @param storeClockMs the store's clock, Unix milliseconds
   */
  record Standing(
      long newestEpoch,
      long epoch,
      String node,
      long renewals,
      boolean released,
      long storeClockMs) {

    /** Whether nothing has been heard of a leader between the two. */
    public boolean isSilentSince(Standing before) {
      return newestEpoch == before.newestEpoch
          && epoch == before.epoch
          && renewals == before.renewals;
    }
  }

  /** Reads it. */
  Standing look();

  /** Takes it under an epoch that was claimed; without effect under one that is not the newest. */
  void take(long epoch, String node);

  /**
   * Says that its holder is still there.
   *
   * @return whether it is still this epoch's
   */
  boolean renew(long epoch);

  /** Gives it up, so that a successor need not wait. */
  void release(long epoch);

  @Override
  void close();
}
