package io.phalanx.scheduler.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.scheduler.journal.Hash;
import io.phalanx.scheduler.merkle.MerkleTree;
import io.phalanx.scheduler.merkle.TreeGrowth;
import io.phalanx.scheduler.merkle.TreeHash;
import io.phalanx.scheduler.receipt.ReceiptQuery.Field;
import io.phalanx.scheduler.receipt.StoredReceipt.Owners;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteReceiptsTest {
  @TempDir Path folder;
  private SqliteReceipts store;
  private TreeGrowth growth = new TreeGrowth();

  @BeforeEach
  void open() {
    store = SqliteReceipts.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static StoredReceipt receipt(long leaf) {
    Owners owners =
        new Owners("dev-" + leaf % 2, "op-" + leaf % 3, "d-" + leaf % 4, "a-" + leaf % 5, "m");
    return new StoredReceipt(
        leaf, 10 + 2 * leaf, 1_000 * leaf, owners, ("receipt " + leaf).getBytes(UTF_8));
  }

  private void append(int count) {
    List<StoredReceipt> receipts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StoredReceipt receipt = receipt(growth.size());
      growth.append(TreeHash.ofLeaf(receipt.body()));
      receipts.add(receipt);
    }
    long followed = 10 + 2 * growth.size();
    store.write(new ReceiptBatch(receipts, growth.changed(), List.of(), followed));
  }

  private List<Long> leaves(ReceiptQuery query) {
    return store.page(query).stream().map(StoredReceipt::leafIndex).toList();
  }

  @Nested
  class Write {
    @Test
    void keepsReceiptsTreeAndPositionOverARestart() {
      append(300);
      append(1);
      append(700);
      store.close();
      store = SqliteReceipts.open(folder);

      assertThat(store.size()).isEqualTo(1_001);
      assertThat(store.followed()).isEqualTo(10 + 2 * 1_001);
      assertThat(store.at(10 + 2 * 256)).contains(receipt(256));
      MerkleTree tree = new MerkleTree(store, store.size());
      Hash root = growth.root();
      assertThat(tree.root(1_001)).isEqualTo(root);
      for (long leaf = 0; leaf < 1_001; leaf += 77) {
        Hash hash = TreeHash.ofLeaf(receipt(leaf).body());
        assertThat(tree.inclusion(leaf, 1_001).proves(hash, root)).isTrue();
      }
    }

    @Test
    void letsATreeGrowOnFromWhatIsStored() {
      append(999);
      TreeGrowth unbroken = growth;
      growth = TreeGrowth.resume(store, store.size());
      assertThat(growth.root()).isEqualTo(unbroken.root());
      append(400);
      assertThat(new MerkleTree(store, 1_399).root(1_399)).isEqualTo(growth.root());
    }

    @Test
    void doesNothingForAGapOrATwin() {
      append(3);
      for (long leaf : new long[] {2, 4}) {
        ReceiptBatch batch =
            new ReceiptBatch(
                List.of(receipt(leaf)), List.of(), List.of(new ReceiptBatch.Seal(1, "{}")), 99);
        assertThatThrownBy(() -> store.write(batch)).isInstanceOf(ReceiptsFailedException.class);
      }
      assertThat(store.size()).isEqualTo(3);
      assertThat(store.followed()).isEqualTo(16);
      assertThat(store.seal(1)).isEmpty();
    }

    @Test
    void changesNothingWhenTheSameIsWrittenAgain() {
      append(3);
      StoredReceipt receipt = receipt(3);
      growth.append(TreeHash.ofLeaf(receipt.body()));
      ReceiptBatch batch =
          new ReceiptBatch(
              List.of(receipt),
              growth.changed(),
              List.of(new ReceiptBatch.Seal(1, "{}")),
              RewardRows.NONE,
              List.of(new StoredCorrection(40, 4_000, "dev", "op", "m", "{}")),
              41);
      store.write(batch);
      store.write(batch); // its answer was lost

      assertThat(store.size()).isEqualTo(4);
      assertThat(store.followed()).isEqualTo(41);
      assertThat(store.corrections(0, 5_000)).hasSize(1);
    }

    @Test
    void neverGoesBack() {
      append(3);
      ReceiptBatch batch = new ReceiptBatch(List.of(), List.of(), List.of(), 15);
      assertThatThrownBy(() -> store.write(batch)).isInstanceOf(ReceiptsFailedException.class);
    }

    @Test
    void keepsWhatWasSigned() {
      ReceiptBatch.Seal seal = new ReceiptBatch.Seal(7, "{\"number\":7}");
      store.write(new ReceiptBatch(List.of(), List.of(), List.of(seal), 5));
      assertThat(store.seal(7)).contains("{\"number\":7}");
      assertThat(store.seal(8)).isEmpty();
    }
  }

  @Nested
  class Page {
    @Test
    void goesThroughAllInEitherOrder() {
      append(25);
      List<Long> seen = new ArrayList<>();
      ReceiptQuery query = ReceiptQuery.newest(10);
      for (List<Long> page = leaves(query); !page.isEmpty(); page = leaves(query)) {
        seen.addAll(page);
        query = query.after(page.get(page.size() - 1));
      }
      assertThat(seen).hasSize(25).startsWith(24L, 23L).endsWith(1L, 0L);
      assertThat(leaves(ReceiptQuery.oldest(3))).containsExactly(0L, 1L, 2L);
      assertThat(leaves(ReceiptQuery.oldest(3).after(2))).containsExactly(3L, 4L, 5L);
    }

    @Test
    void findsByEveryField() {
      append(60);
      ReceiptQuery all = ReceiptQuery.oldest(1_000);
      assertThat(leaves(all.of(Field.DEVELOPER, List.of("dev-1")))).hasSize(30);
      assertThat(leaves(all.of(Field.OPERATOR, List.of("op-1", "op-2")))).hasSize(40);
      assertThat(leaves(all.of(Field.DEPLOYMENT, List.of("d-0")))).hasSize(15);
      assertThat(leaves(all.of(Field.ASSIGNMENT, List.of("a-4")))).hasSize(12);
      assertThat(leaves(all.of(Field.MINER, List.of("n")))).isEmpty();
    }

    @Test
    void combinesFields() {
      append(60);
      ReceiptQuery query =
          ReceiptQuery.oldest(1_000)
              .of(Field.DEVELOPER, List.of("dev-0"))
              .of(Field.ASSIGNMENT, List.of("a-0"));
      assertThat(leaves(query)).containsExactly(0L, 10L, 20L, 30L, 40L, 50L);
    }
  }
}
