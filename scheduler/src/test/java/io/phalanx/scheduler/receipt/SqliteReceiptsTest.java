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
import io.phalanx.scheduler.storage.SqliteFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
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

  /** Owners are found in segments that are in the file, and in those that still grow. */
  @Nested
  class PageOfOwners {
    private static final int LEAVES = 3 * Segment.SIZE + 1_234;

    private final List<Owners> all = new ArrayList<>();

    /** One in so many leaves is of somebody who is rare. */
    private Owners drawn(SplittableRandom random) {
      int work = random.nextInt(20_000) == 0 ? 1_000 : random.nextInt(1_000);
      return new Owners(
          "dev-" + work % 3,
          "op-" + work % 17,
          "d-" + work % 40,
          "a-" + work,
          work == 1_000 ? "rare" : "m-" + work % 300);
    }

    private void fill(SplittableRandom random) {
      while (all.size() < LEAVES) {
        List<StoredReceipt> batch = new ArrayList<>();
        int count = Math.min(LEAVES - all.size(), 1 + random.nextInt(9_000));
        for (int i = 0; i < count; i++) {
          Owners owners = drawn(random);
          long leaf = all.size();
          batch.add(new StoredReceipt(leaf, 10 + leaf, leaf, owners, new byte[] {1}));
          all.add(owners);
        }
        store.write(new ReceiptBatch(batch, List.of(), List.of(), 10L + all.size()));
        if (random.nextInt(12) == 0) {
          store.close();
          store = SqliteReceipts.open(folder);
        }
      }
    }

    private List<Long> expected(ReceiptQuery query) {
      LongStream order =
          query.newestFirst()
              ? LongStream.iterate(all.size() - 1L, leaf -> leaf >= 0, leaf -> leaf - 1)
              : LongStream.range(0, all.size());
      return order
          .filter(leaf -> isBehind(leaf, query))
          .filter(leaf -> isOf(all.get((int) leaf), query))
          .limit(query.limit())
          .boxed()
          .toList();
    }

    private static boolean isBehind(long leaf, ReceiptQuery query) {
      return query.afterLeaf() == ReceiptQuery.BEGINNING
          || (query.newestFirst() ? leaf < query.afterLeaf() : leaf > query.afterLeaf());
    }

    private static boolean isOf(Owners owners, ReceiptQuery query) {
      return query.owners().entrySet().stream()
          .allMatch(asked -> asked.getValue().contains(owners.of(asked.getKey())));
    }

    private ReceiptQuery query(SplittableRandom random) {
      long after =
          random.nextBoolean()
              ? ReceiptQuery.BEGINNING
              : random.nextInt(4) * Segment.SIZE + random.nextInt(-2, 3);
      ReceiptQuery query =
          new ReceiptQuery(
              Map.of(),
              Math.max(after, ReceiptQuery.BEGINNING),
              random.nextBoolean(),
              1 + random.nextInt(random.nextBoolean() ? 5 : 1_000));
      for (Field field : Field.values()) {
        if (random.nextInt(3) == 0) {
          query = query.of(field, values(field, random));
        }
      }
      return query;
    }

    private List<String> values(Field field, SplittableRandom random) {
      List<String> values = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        values.add(
            switch (random.nextInt(5)) {
              case 0 -> "nobody";
              case 1 -> field == Field.MINER ? "rare" : drawn(random).of(field);
              default -> drawn(random).of(field);
            });
      }
      return values;
    }

    @Test
    void isWhatALookAtAllOfThemFinds() {
      long seed = 20_261_123;
      SplittableRandom random = new SplittableRandom(seed);
      fill(random);
      for (int i = 0; i < 400; i++) {
        ReceiptQuery query = query(random);
        assertThat(leaves(query)).as("%s, seed %d", query, seed).isEqualTo(expected(query));
        if (i == 200) {
          store.close();
          store = SqliteReceipts.open(folder);
        }
      }
    }

    @Test
    void isTheSameAfterAWriteThatFailed() {
      SplittableRandom random = new SplittableRandom(7);
      fill(random);
      StoredReceipt gap = new StoredReceipt(LEAVES + 1L, 1, 1, drawn(random), new byte[0]);
      ReceiptBatch wrong = new ReceiptBatch(List.of(gap), List.of(), List.of(), LEAVES + 99L);
      assertThatThrownBy(() -> store.write(wrong)).isInstanceOf(ReceiptsFailedException.class);
      Owners late = new Owners("late", "o", "d", "a", "m");
      StoredReceipt next = new StoredReceipt(LEAVES, 10L + LEAVES, 1, late, new byte[0]);
      store.write(new ReceiptBatch(List.of(next), List.of(), List.of(), LEAVES + 99L));
      all.add(late);
      for (String developer : List.of("late", "dev-1")) {
        ReceiptQuery query = ReceiptQuery.newest(50).of(Field.DEVELOPER, List.of(developer));
        assertThat(leaves(query)).isEqualTo(expected(query));
      }
      assertThat(store.at(10L + LEAVES)).contains(next);
    }
  }

  @Nested
  class Open {
    @Test
    void beginsAnewInAFileOfAnOlderVersion() throws SQLException {
      append(3);
      store.close();
      try (Connection connection =
              new SqliteFile(folder.resolve(SqliteReceipts.FILE)).openWriter();
          Statement statement = connection.createStatement()) {
        statement.execute("DROP TABLE work");
        statement.execute("PRAGMA user_version = 2");
      }
      store = SqliteReceipts.open(folder);
      assertThat(store.size()).isZero();
      assertThat(store.followed()).isZero();
      growth = new TreeGrowth();
      append(2);
      assertThat(leaves(ReceiptQuery.oldest(10))).containsExactly(0L, 1L);
    }

    @Test
    void refusesAFileOfALaterVersion() throws SQLException {
      store.close();
      try (Connection connection =
              new SqliteFile(folder.resolve(SqliteReceipts.FILE)).openWriter();
          Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA user_version = 99");
      }
      assertThatThrownBy(() -> SqliteReceipts.open(folder))
          .isInstanceOf(ReceiptsFailedException.class);
      try (Connection connection =
              new SqliteFile(folder.resolve(SqliteReceipts.FILE)).openWriter();
          Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA user_version = 3");
      }
      store = SqliteReceipts.open(folder);
    }
  }
}
