package io.phalanx.scheduler.merkle;

import io.phalanx.scheduler.journal.Hash;
import java.util.List;

/** Where the tiles of a tree are kept. */
@FunctionalInterface
public interface TileReader {
  /**
   * The hashes of a tile, at least those of it that were handed out by {@link TreeGrowth#changed}.
   *
   * @throws RuntimeException if they cannot be read
   */
  List<Hash> hashes(int level, long index);
}
