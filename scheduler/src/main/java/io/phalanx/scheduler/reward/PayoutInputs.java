package io.phalanx.scheduler.reward;

import io.phalanx.scheduler.journal.Hash;
import io.phalanx.scheduler.merkle.TreeGrowth;
import io.phalanx.scheduler.merkle.TreeHash;
import io.phalanx.scheduler.proof.CanonicalJson;
import java.util.List;

/**
 * What the payouts for one period are computed from.
 *
 * @param items one for each miner that was Idle or Active at its end, in the order of their ids
 */
public record PayoutInputs(List<PayoutInput> items) {
  /** Copies the list. */
  public PayoutInputs {
    items = List.copyOf(items);
  }

  /** The sum of all shares. */
  public Fixed shareTotal() {
    return items.stream().map(PayoutInput::share).reduce(Fixed.ZERO, Fixed::plus);
  }

  /** The root of the tree whose leaves are the items' canonical forms, in their order. */
  public Hash root() {
    TreeGrowth tree = new TreeGrowth();
    items.forEach(item -> tree.append(TreeHash.ofLeaf(CanonicalJson.of(item.json()))));
    return tree.root();
  }
}
