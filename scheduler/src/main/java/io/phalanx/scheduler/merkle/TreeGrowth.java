package io.phalanx.scheduler.merkle;

import io.phalanx.scheduler.journal.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * The growing end of a tree. Keeps the tiles of the right edge only, one for each level: memory is
 * logarithmic in the leaves. Not for several threads.
 */
public final class TreeGrowth {
  private final List<Edge> edges = new ArrayList<>();
  private final List<Tile> filled = new ArrayList<>();
  private long size;

  private static final class Edge {
    private final List<Hash> hashes = new ArrayList<>(Tile.WIDTH);
    private long index;
    private boolean changed;
  }

  /** An empty tree. */
  public TreeGrowth() {}

  /** Goes on where a stored tree of that size ended. */
  public static TreeGrowth resume(TileReader tiles, long size) {
    TreeGrowth growth = new TreeGrowth();
    growth.size = size;
    long count = size;
    for (int level = 0; count > 0; level++, count >>>= Tile.HEIGHT) {
      Edge edge = new Edge();
      edge.index = count >>> Tile.HEIGHT;
      int partial = (int) (count % Tile.WIDTH);
      if (partial > 0) {
        edge.hashes.addAll(tiles.hashes(level, edge.index).subList(0, partial));
      }
      growth.edges.add(edge);
    }
    return growth;
  }

  /** How many leaves it has. */
  public long size() {
    return size;
  }

  /** Adds a leaf, by its hash. */
  public void append(Hash leaf) {
    append(0, leaf);
    size++;
  }

  /** The root over all leaves so far. */
  public Hash root() {
    List<Hash> rest = List.of();
    for (Edge edge : edges) {
      List<Hash> row = new ArrayList<>(edge.hashes);
      row.addAll(rest);
      rest = row.isEmpty() ? List.of() : List.of(TreeHash.over(row));
    }
    return rest.isEmpty() ? TreeHash.EMPTY : rest.get(0);
  }

  /** The tiles that have got longer since this was last asked; to be stored, replacing the old. */
  public List<Tile> changed() {
    List<Tile> tiles = new ArrayList<>(filled);
    filled.clear();
    for (int level = 0; level < edges.size(); level++) {
      Edge edge = edges.get(level);
      if (edge.changed) {
        tiles.add(new Tile(level, edge.index, edge.hashes));
        edge.changed = false;
      }
    }
    return tiles;
  }

  private void append(int level, Hash hash) {
    if (level == edges.size()) {
      edges.add(new Edge());
    }
    Edge edge = edges.get(level);
    edge.hashes.add(hash);
    edge.changed = true;
    if (edge.hashes.size() == Tile.WIDTH) {
      filled.add(new Tile(level, edge.index, edge.hashes));
      append(level + 1, TreeHash.over(edge.hashes));
      edge.hashes.clear();
      edge.index++;
      edge.changed = false;
    }
  }
}
