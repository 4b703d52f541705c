package io.phalanx.scheduler.merkle;

import io.phalanx.scheduler.journal.Hash;
import java.util.List;

/**
 * That a leaf is in a tree.
 *
 * @param leafIndex from 0
 * @param treeSize of the tree whose root it leads to
 * @param path the hashes beside the way from the leaf to the root, lowest first
 */
public record InclusionProof(long leafIndex, long treeSize, List<Hash> path) {
  /** Copies the path. */
  public InclusionProof {
    path = List.copyOf(path);
  }

  /** Whether it leads from that leaf to that root (RFC 9162 §2.1.3.2). */
  public boolean proves(Hash leaf, Hash root) {
    if (leafIndex < 0 || leafIndex >= treeSize) {
      return false;
    }
    long node = leafIndex;
    long last = treeSize - 1;
    Hash hash = leaf;
    for (Hash beside : path) {
      if (last == 0) {
        return false; // longer than the tree is high
      }
      if (isRight(node) || node == last) {
        hash = TreeHash.ofNode(beside, hash);
        int promoted = Math.min(Long.numberOfTrailingZeros(node), Long.SIZE - 1);
        node >>>= promoted;
        last >>>= promoted;
      } else {
        hash = TreeHash.ofNode(hash, beside);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  private static boolean isRight(long node) {
    return (node & 1) == 1;
  }
}
