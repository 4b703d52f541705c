package io.phalanx.scheduler.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.phalanx.scheduler.journal.Hash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tree of numbered leaves, grown by the code under test into tiles in memory. */
final class GrownTree {
  private final Map<List<Long>, List<Hash>> tiles = new HashMap<>();
  private final List<byte[]> leaves = new ArrayList<>();
  private TreeGrowth growth = new TreeGrowth();

  static GrownTree of(int size) {
    GrownTree tree = new GrownTree();
    for (int i = 0; i < size; i++) {
      tree.append(("leaf " + i).getBytes(UTF_8));
    }
    tree.store();
    return tree;
  }

  static GrownTree of(List<byte[]> leaves) {
    GrownTree tree = new GrownTree();
    leaves.forEach(tree::append);
    tree.store();
    return tree;
  }

  void append(byte[] leaf) {
    leaves.add(leaf);
    growth.append(TreeHash.ofLeaf(leaf));
  }

  void store() {
    growth
        .changed()
        .forEach(tile -> tiles.put(List.of((long) tile.level(), tile.index()), tile.hashes()));
  }

  /** What a restart does. */
  void resume() {
    store();
    growth = TreeGrowth.resume(this::hashes, growth.size());
  }

  TreeGrowth growth() {
    return growth;
  }

  MerkleTree stored() {
    return new MerkleTree(this::hashes, growth.size());
  }

  List<byte[]> leaves(int size) {
    return leaves.subList(0, size);
  }

  Hash leaf(int index) {
    return TreeHash.ofLeaf(leaves.get(index));
  }

  private List<Hash> hashes(int level, long index) {
    List<Hash> hashes = tiles.get(List.of((long) level, index));
    if (hashes == null) {
      throw new IllegalStateException("no tile " + level + " " + index);
    }
    return hashes;
  }
}
