package io.phalanx.simulator.ledger;

import java.util.List;

/**
 * What came of holding the ledger against the service; of each kind of fault at most 100 are named.
 *
 * @param checked acknowledged writes that were looked up
 * @param lost acknowledged and not there any more
 * @param doubled done more than once
 * @param unchecked what could not be asked: the service did not answer, or the ledger was full
 */
public record LedgerVerdict(
    long checked, List<String> lost, List<String> doubled, List<String> unchecked) {
  /** Of each kind so many are named. */
  static final int NAMED = 100;

  public LedgerVerdict {
    lost = List.copyOf(lost);
    doubled = List.copyOf(doubled);
    unchecked = List.copyOf(unchecked);
  }

  /** Nothing was asked. */
  public static LedgerVerdict none() {
    return new LedgerVerdict(0, List.of(), List.of(), List.of());
  }

  /** Whether everything was looked up and nothing is lost or doubled. */
  public boolean holds() {
    return lost.isEmpty() && doubled.isEmpty() && unchecked.isEmpty();
  }
}
