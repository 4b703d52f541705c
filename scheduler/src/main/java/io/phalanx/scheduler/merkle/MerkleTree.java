package io.phalanx.scheduler.merkle;

import io.phalanx.scheduler.journal.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * Roots and proofs of a stored tree, at its present size and at every earlier one. Reads a few
 * tiles for each answer and keeps none.
 *
 * @param tiles where the tree is kept
 * @param size leaves that are stored
 */
public record MerkleTree(TileReader tiles, long size) {
  public MerkleTree {
    if (size < 0) {
      throw new IllegalArgumentException("a tree of " + size + " leaves");
    }
  }

  /**
   * The root over the first leaves.
   *
   * @param treeSize how many, 0 to {@link #size}
   */
  public Hash root(long treeSize) {
    checkSize(treeSize);
    return treeSize == 0 ? TreeHash.EMPTY : new Reading(treeSize).range(0, treeSize);
  }

  /**
   * That a leaf is in the tree of that size (RFC 9162 §2.1.3.1).
   *
   * @param leafIndex from 0, below {@code treeSize}
   */
  public InclusionProof inclusion(long leafIndex, long treeSize) {
    checkSize(treeSize);
    if (leafIndex < 0 || leafIndex >= treeSize) {
      throw new IllegalArgumentException("leaf " + leafIndex + " of " + treeSize);
    }
    Reading reading = new Reading(treeSize);
    List<Hash> path = new ArrayList<>();
    long last = treeSize - 1;
    for (int level = 0; last >>> level > 0; level++) {
      reading.addTo(path, level, (leafIndex >>> level) ^ 1);
    }
    return new InclusionProof(leafIndex, treeSize, path);
  }

  /**
   * That the tree of the second size begins with all of the first (RFC 9162 §2.1.4.1).
   *
   * @param first 0 to {@code second}
   */
  public ConsistencyProof consistency(long first, long second) {
    checkSize(second);
    if (first < 0 || first > second) {
      throw new IllegalArgumentException("from " + first + " to " + second);
    }
    List<Hash> path = new ArrayList<>();
    if (first > 0 && first < second) {
      addConsistency(path, first, second);
    }
    return new ConsistencyProof(first, second, path);
  }

  private void addConsistency(List<Hash> path, long first, long second) {
    Reading reading = new Reading(second);
    int level = Long.numberOfTrailingZeros(first);
    if (Long.bitCount(first) > 1) { // else the verifier knows this node: it is the first root
      reading.addTo(path, level, (first - 1) >>> level);
    }
    for (long last = second - 1; last >>> level > 0; level++) {
      reading.addTo(path, level, ((first - 1) >>> level) ^ 1);
    }
  }

  private void checkSize(long treeSize) {
    if (treeSize < 0 || treeSize > size) {
      throw new IllegalArgumentException("size " + treeSize + " of " + size);
    }
  }

  /** One answer's reading of a tree of that size; remembers the tiles of its right edge. */
  private final class Reading {
    private final long treeSize;
    private final List<Loaded> loaded = new ArrayList<>();

    private record Loaded(int level, long index, List<Hash> hashes) {}

    Reading(long treeSize) {
      this.treeSize = treeSize;
    }

    /** Adds the root over what the tree has below that place, if it has anything there. */
    void addTo(List<Hash> path, int level, long index) {
      long begin = index << level;
      if (begin < treeSize) {
        path.add(range(begin, Math.min(begin + (1L << level), treeSize)));
      }
    }

    /** The root over leaves that begin at a multiple of the power of two they would fill up. */
    Hash range(long begin, long end) {
      long count = end - begin;
      if (Long.bitCount(count) == 1) {
        return subtree(Long.numberOfTrailingZeros(count), begin);
      }
      long left = Long.highestOneBit(count);
      return TreeHash.ofNode(range(begin, begin + left), range(begin + left, end));
    }

    /** The root over 2^level leaves, all there. */
    private Hash subtree(int level, long begin) {
      int tileLevel = level / Tile.HEIGHT;
      long at = begin >>> (tileLevel * Tile.HEIGHT);
      int from = (int) (at % Tile.WIDTH);
      int width = 1 << (level % Tile.HEIGHT);
      return TreeHash.over(tile(tileLevel, at / Tile.WIDTH).subList(from, from + width));
    }

    private List<Hash> tile(int level, long index) {
      for (Loaded tile : loaded) {
        if (tile.level == level && tile.index == index) {
          return tile.hashes;
        }
      }
      List<Hash> hashes = tiles.hashes(level, index);
      loaded.add(new Loaded(level, index, hashes));
      return hashes;
    }
  }
}
