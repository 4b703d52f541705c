package io.phalanx.scheduler.merkle;

import io.phalanx.scheduler.journal.Hash;
import java.util.List;

/**
 * Up to 256 neighbouring hashes of one level: what a tree is stored in. Level 0 holds the leaves'
 * hashes, level 1 the roots over full tiles of level 0, and so on; what lies between two levels is
 * computed from one tile.
 *
 * @param level 0 for the leaves; each higher one stands for 256 times as many
 * @param index its place in its level, from 0
 * @param hashes the first 1 to 256 of it; a tile that is not full only ever gets longer
 */
public record Tile(int level, long index, List<Hash> hashes) {
  /** Most hashes in a tile. */
  public static final int WIDTH = 256;

  /** Levels of the tree from one level of tiles to the next. */
  static final int HEIGHT = 8;

  public Tile {
    hashes = List.copyOf(hashes);
    if (level < 0 || index < 0 || hashes.isEmpty() || hashes.size() > WIDTH) {
      throw new IllegalArgumentException(
          "not a tile: level %d, index %d, %d hashes".formatted(level, index, hashes.size()));
    }
  }
}
