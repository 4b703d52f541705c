package io.phalanx.scheduler.merkle;

import io.phalanx.scheduler.journal.Hash;
import java.util.List;

/**
 * That a tree begins with all of an earlier one.
 *
 * @param first leaves of the earlier
 * @param second leaves of the later
 * @param path the hashes that lead to both roots, lowest first
 */
public record ConsistencyProof(long first, long second, List<Hash> path) {
  /** Copies the path. */
  public ConsistencyProof {
    path = List.copyOf(path);
  }

  /** Whether it leads to both roots (RFC 9162 §2.1.4.2; every tree begins with the empty one). */
  public boolean proves(Hash firstRoot, Hash secondRoot) {
    if (first < 0 || first > second) {
      return false;
    }
    if (first == second) {
      return path.isEmpty() && firstRoot.equals(secondRoot);
    }
    if (first == 0) {
      return path.isEmpty() && firstRoot.equals(TreeHash.EMPTY);
    }
    return !path.isEmpty() && leadsTo(firstRoot, secondRoot);
  }

  private boolean leadsTo(Hash firstRoot, Hash secondRoot) {
    int level = Long.numberOfTrailingZeros(first);
    long node = (first - 1) >>> level;
    long last = (second - 1) >>> level;
    boolean isWhole = Long.bitCount(first) == 1; // the first root is itself a node of the second
    Hash early = isWhole ? firstRoot : path.get(0);
    Hash late = early;
    for (Hash beside : path.subList(isWhole ? 0 : 1, path.size())) {
      if (last == 0) {
        return false; // longer than the tree is high
      }
      if ((node & 1) == 1 || node == last) {
        early = TreeHash.ofNode(beside, early);
        late = TreeHash.ofNode(beside, late);
        int promoted = Math.min(Long.numberOfTrailingZeros(node), Long.SIZE - 1);
        node >>>= promoted;
        last >>>= promoted;
      } else {
        late = TreeHash.ofNode(late, beside);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && early.equals(firstRoot) && late.equals(secondRoot);
  }
}
