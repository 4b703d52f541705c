package io.phalanx.scheduler.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.scheduler.journal.Hash;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  private static final int EVERY_SIZE = 200;
  private static final int BIG = 70_000; // three levels of tiles

  /** Leaves and roots of the sizes 1 to 8 that the implementations of RFC 6962 share. */
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> ROOTS =
      List.of(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static GrownTree known() {
    return GrownTree.of(LEAVES.stream().map(HexFormat.of()::parseHex).toList());
  }

  private static List<byte[]> bytes(List<Hash> hashes) {
    return hashes.stream().map(Hash::toBytes).toList();
  }

  private static List<Hash> hashes(List<byte[]> bytes) {
    return bytes.stream().map(Hash::of).toList();
  }

  @Nested
  class Root {
    @Test
    void ofNoLeavesIsTheHashOfNothing() {
      assertThat(GrownTree.of(0).stored().root(0).hex())
          .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void isTheKnownOneForTheKnownLeaves() {
      GrownTree tree = known();
      for (int size = 1; size <= ROOTS.size(); size++) {
        assertThat(tree.stored().root(size).hex()).isEqualTo(ROOTS.get(size - 1));
      }
    }

    @Test
    void isTheRecursiveDefinitionsForEverySize() {
      GrownTree tree = GrownTree.of(EVERY_SIZE);
      for (int size = 0; size <= EVERY_SIZE; size++) {
        assertThat(tree.stored().root(size).toBytes()).isEqualTo(NaiveTree.root(tree.leaves(size)));
      }
    }

    @Test
    void isTheRecursiveDefinitionsForRandomSizesOfABigTree() {
      GrownTree tree = GrownTree.of(BIG);
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < 20; i++) {
        int size = random.nextInt(BIG + 1);
        assertThat(tree.stored().root(size).toBytes())
            .as("size %d", size)
            .isEqualTo(NaiveTree.root(tree.leaves(size)));
      }
    }

    @Test
    void refusesASizeThatIsNotStored() {
      assertThatThrownBy(() -> GrownTree.of(3).stored().root(4))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Inclusion {
    @Test
    void hasThePathsOfTheExampleInTheRfc() {
      GrownTree tree = GrownTree.of(7); // its leaves d0 to d6: a, b, c, d, e, f, j
      Hash g = TreeHash.ofNode(tree.leaf(0), tree.leaf(1));
      Hash h = TreeHash.ofNode(tree.leaf(2), tree.leaf(3));
      Hash i = TreeHash.ofNode(tree.leaf(4), tree.leaf(5));
      Hash k = TreeHash.ofNode(g, h);
      Hash l = TreeHash.ofNode(i, tree.leaf(6));
      assertThat(tree.stored().inclusion(0, 7).path()).containsExactly(tree.leaf(1), h, l);
      assertThat(tree.stored().inclusion(3, 7).path()).containsExactly(tree.leaf(2), g, l);
      assertThat(tree.stored().inclusion(4, 7).path())
          .containsExactly(tree.leaf(5), tree.leaf(6), k);
      assertThat(tree.stored().inclusion(6, 7).path()).containsExactly(i, k);
    }

    @Test
    void isTheRecursiveDefinitionsForEveryLeafOfEverySize() {
      GrownTree tree = GrownTree.of(EVERY_SIZE);
      for (int size = 1; size <= EVERY_SIZE; size++) {
        Hash root = tree.stored().root(size);
        for (int leaf = 0; leaf < size; leaf++) {
          InclusionProof proof = tree.stored().inclusion(leaf, size);
          assertThat(proof.path()).isEqualTo(hashes(NaiveTree.path(leaf, tree.leaves(size))));
          assertThat(proof.proves(tree.leaf(leaf), root)).isTrue();
        }
      }
    }

    @Test
    void holdsInABigTreeForBothVerifiers() {
      GrownTree tree = GrownTree.of(BIG);
      SplittableRandom random = new SplittableRandom(2);
      for (int i = 0; i < 500; i++) {
        int size = 1 + random.nextInt(BIG);
        int leaf = random.nextInt(size);
        InclusionProof proof = tree.stored().inclusion(leaf, size);
        Hash root = tree.stored().root(size);
        assertThat(proof.proves(tree.leaf(leaf), root)).isTrue();
        byte[] content = tree.leaves(BIG).get(leaf);
        assertThat(NaiveTree.includes(content, leaf, size, bytes(proof.path()), root.toBytes()))
            .isTrue();
      }
    }

    @Test
    void failsWhateverIsTampered() {
      SplittableRandom random = new SplittableRandom(3);
      GrownTree tree = GrownTree.of(EVERY_SIZE);
      for (int i = 0; i < 5_000; i++) {
        int size = 1 + random.nextInt(EVERY_SIZE);
        int leaf = random.nextInt(size);
        InclusionProof proof = tree.stored().inclusion(leaf, size);
        Hash root = tree.stored().root(size);
        InclusionProof forged = new InclusionProof(leaf, size, Tampering.of(proof.path(), random));
        assertThat(forged.proves(tree.leaf(leaf), root)).isFalse();
        assertThat(proof.proves(Tampering.of(tree.leaf(leaf), random), root)).isFalse();
        assertThat(proof.proves(tree.leaf(leaf), Tampering.of(root, random))).isFalse();
        assertThat(proof.proves(tree.leaf((leaf + 1) % EVERY_SIZE), root)).isFalse();
      }
    }

    @Test
    void failsForEveryOtherPlaceInTheTree() {
      for (int size = 1; size <= 40; size++) {
        GrownTree tree = GrownTree.of(size);
        Hash root = tree.stored().root(size);
        for (int leaf = 0; leaf < size; leaf++) {
          List<Hash> path = tree.stored().inclusion(leaf, size).path();
          for (int other = -1; other <= size; other++) {
            assertThat(new InclusionProof(other, size, path).proves(tree.leaf(leaf), root))
                .isEqualTo(other == leaf);
          }
        }
      }
    }

    @Test
    void neverTakesANodeForALeaf() {
      GrownTree tree = GrownTree.of(4);
      Hash node = TreeHash.ofNode(tree.leaf(0), tree.leaf(1));
      byte[] forged = new byte[64];
      System.arraycopy(tree.leaf(0).toBytes(), 0, forged, 0, 32);
      System.arraycopy(tree.leaf(1).toBytes(), 0, forged, 32, 32);
      assertThat(TreeHash.ofLeaf(forged)).isNotEqualTo(node);
    }
  }

  @Nested
  class Consistency {
    @Test
    void hasTheProofsOfTheExampleInTheRfc() {
      GrownTree tree = GrownTree.of(7);
      Hash g = TreeHash.ofNode(tree.leaf(0), tree.leaf(1));
      Hash h = TreeHash.ofNode(tree.leaf(2), tree.leaf(3));
      Hash i = TreeHash.ofNode(tree.leaf(4), tree.leaf(5));
      Hash k = TreeHash.ofNode(g, h);
      Hash l = TreeHash.ofNode(i, tree.leaf(6));
      assertThat(tree.stored().consistency(3, 7).path())
          .containsExactly(tree.leaf(2), tree.leaf(3), g, l);
      assertThat(tree.stored().consistency(4, 7).path()).containsExactly(l);
      assertThat(tree.stored().consistency(6, 7).path()).containsExactly(i, tree.leaf(6), k);
    }

    @Test
    void isTheRecursiveDefinitionsForEveryPairOfSizes() {
      GrownTree tree = GrownTree.of(EVERY_SIZE);
      List<Hash> roots = new ArrayList<>();
      for (int size = 0; size <= EVERY_SIZE; size++) {
        roots.add(tree.stored().root(size));
      }
      for (int second = 1; second <= EVERY_SIZE; second += second < 70 ? 1 : 13) {
        for (int first = 1; first <= second; first++) {
          ConsistencyProof proof = tree.stored().consistency(first, second);
          assertThat(proof.path()).isEqualTo(hashes(NaiveTree.proof(first, tree.leaves(second))));
          assertThat(proof.proves(roots.get(first), roots.get(second))).isTrue();
        }
      }
    }

    @Test
    void holdsInABigTreeForBothVerifiers() {
      GrownTree tree = GrownTree.of(BIG);
      SplittableRandom random = new SplittableRandom(4);
      for (int i = 0; i < 300; i++) {
        int second = 1 + random.nextInt(BIG);
        int first = 1 + random.nextInt(second);
        ConsistencyProof proof = tree.stored().consistency(first, second);
        Hash early = tree.stored().root(first);
        Hash late = tree.stored().root(second);
        assertThat(proof.proves(early, late)).isTrue();
        byte[][] roots =
            NaiveTree.rootsFromProof(early.toBytes(), first, second, bytes(proof.path()));
        assertThat(Stream.of(roots).map(Hash::of)).containsExactly(early, late);
      }
    }

    @Test
    void holdsFromTheEmptyTreeAndToItself() {
      MerkleTree tree = GrownTree.of(5).stored();
      assertThat(tree.consistency(0, 5).proves(TreeHash.EMPTY, tree.root(5))).isTrue();
      assertThat(tree.consistency(0, 5).proves(tree.root(1), tree.root(5))).isFalse();
      assertThat(tree.consistency(5, 5).proves(tree.root(5), tree.root(5))).isTrue();
      assertThat(tree.consistency(5, 5).proves(tree.root(4), tree.root(5))).isFalse();
    }

    @Test
    void failsWhateverIsTampered() {
      SplittableRandom random = new SplittableRandom(5);
      GrownTree tree = GrownTree.of(EVERY_SIZE);
      for (int i = 0; i < 5_000; i++) {
        int second = 2 + random.nextInt(EVERY_SIZE - 1);
        int first = 1 + random.nextInt(second - 1);
        ConsistencyProof proof = tree.stored().consistency(first, second);
        Hash early = tree.stored().root(first);
        Hash late = tree.stored().root(second);
        assertThat(
                new ConsistencyProof(first, second, Tampering.of(proof.path(), random))
                    .proves(early, late))
            .isFalse();
        assertThat(proof.proves(Tampering.of(early, random), late)).isFalse();
        assertThat(proof.proves(early, Tampering.of(late, random))).isFalse();
      }
    }

    @Test
    void failsForALogThatForgotOrChangedALeaf() {
      GrownTree honest = GrownTree.of(20);
      for (int changed = 0; changed < 20; changed++) {
        List<byte[]> leaves = new ArrayList<>(honest.leaves(20));
        leaves.set(changed, new byte[] {42});
        leaves.add(new byte[] {1});
        MerkleTree forged = GrownTree.of(leaves).stored();
        ConsistencyProof proof = forged.consistency(20, 21);
        assertThat(proof.proves(honest.stored().root(20), forged.root(21))).isFalse();
      }
    }
  }

  @Nested
  class Growth {
    @Test
    void hasTheRootOfWhatIsStored() {
      GrownTree tree = new GrownTree();
      for (int size = 0; size < 1_000; size++) {
        tree.store();
        assertThat(tree.growth().root()).isEqualTo(tree.stored().root(size));
        tree.append(new byte[] {(byte) size});
      }
    }

    @Test
    void goesOnAfterAnyRestart() {
      GrownTree whole = GrownTree.of(BIG);
      SplittableRandom random = new SplittableRandom(6);
      GrownTree resumed = new GrownTree();
      for (int size = 0; size < BIG; size++) {
        if (random.nextInt(5_000) == 0 || size % 16_384 == 0) {
          resumed.resume();
        }
        resumed.append(whole.leaves(BIG).get(size));
      }
      resumed.store();
      assertThat(resumed.growth().root()).isEqualTo(whole.growth().root());
      assertThat(resumed.stored().inclusion(3, BIG)).isEqualTo(whole.stored().inclusion(3, BIG));
    }
  }
}
