package io.phalanx.scheduler.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.scheduler.id.KeyMark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every history does, whatever it is kept in. */
abstract class HistoryContract {
  HistoryStore history;

  /** Opens the history of this test, the same one each time. */
  abstract HistoryStore openHistory();

  @BeforeEach
  void open() {
    history = openHistory();
  }

  @AfterEach
  void close() {
    history.close();
  }

  static HistoryItem item(String id, String owner, long created) {
    return new HistoryItem(
        "deployment",
        id,
        owner,
        created,
        created + 5,
        1_000 * created,
        ("body " + id).getBytes(UTF_8));
  }

  void put(List<HistoryItem> items, long followed) {
    history.write(new HistoryWrite(items, List.of(), List.of(), followed));
  }

  private static List<String> ids(List<HistoryItem> items) {
    return items.stream().map(HistoryItem::id).toList();
  }

  @Nested
  class Write {
    @Test
    void keepsItemsAndHowFarTheyGo() {
      put(List.of(item("a", "alice", 3), item("b", "bob", 4)), 9);

      assertThat(history.followed()).isEqualTo(9);
      assertThat(history.get("deployment", "b")).contains(item("b", "bob", 4));
    }

    @Test
    void replacesAnItemOfTheSameKindAndId() {
      put(List.of(item("a", "alice", 3)), 9);
      put(List.of(item("a", "bob", 4)), 9);

      assertThat(history.get("deployment", "a")).contains(item("a", "bob", 4));
      assertThat(ids(history.page(HistoryQuery.newest("deployment", 10)))).containsExactly("a");
    }

    @Test
    void doesNothingWhenItWouldGoBack() {
      put(List.of(), 9);

      assertThatThrownBy(() -> put(List.of(item("a", "alice", 3)), 8))
          .isInstanceOf(HistoryFailedException.class);
      assertThat(history.followed()).isEqualTo(9);
      assertThat(history.get("deployment", "a")).isEmpty();
    }

    @Test
    void survivesAClose() {
      put(List.of(item("a", "alice", 3)), 7);
      history.close();
      open();

      assertThat(history.followed()).isEqualTo(7);
      assertThat(history.get("deployment", "a")).contains(item("a", "alice", 3));
    }
  }

  @Nested
  class Get {
    @Test
    void findsNothingOfAnotherKind() {
      put(List.of(item("a", "alice", 3)), 9);

      assertThat(history.get("receipt", "a")).isEmpty();
    }

    @Test
    void worksFromManyThreadsWhileItIsWritten() {
      List<CompletableFuture<Void>> readers =
          IntStream.range(0, 16)
              .mapToObj(i -> CompletableFuture.runAsync(() -> readUntilFollowed(100)))
              .toList();
      for (int i = 1; i <= 100; i++) {
        put(List.of(item("id-" + i, "alice", i)), i);
      }

      readers.forEach(CompletableFuture::join);
    }

    private void readUntilFollowed(int last) {
      long followed = 0;
      while (followed < last) {
        followed = history.followed();
        if (followed > 0) { // never ahead of the items it speaks of
          assertThat(history.get("deployment", "id-" + followed)).isPresent();
        }
      }
    }
  }

  @Nested
  class Page {
    @Test
    void isInEitherOrder() {
      put(List.of(item("b", "x", 2), item("a", "x", 3), item("c", "x", 1)), 9);

      assertThat(ids(history.page(HistoryQuery.newest("deployment", 2)))).containsExactly("a", "b");
      assertThat(ids(history.page(HistoryQuery.oldest("deployment", 2)))).containsExactly("c", "b");
    }

    @Test
    void isOfOneOwnerOnRequest() {
      put(List.of(item("a", "x", 1), item("b", "y", 2), item("c", "x", 3)), 9);

      assertThat(ids(history.page(HistoryQuery.newest("deployment", 9).ownedBy("x"))))
          .containsExactly("c", "a");
    }

    @Test
    void goesOnBehindAnItemThatIsGone() {
      put(List.of(item("a", "x", 1), item("c", "x", 3)), 9);
      HistoryCursor cursor = item("b", "x", 2).cursor();
      assertThat(ids(history.page(HistoryQuery.oldest("deployment", 9).continuedAfter(cursor))))
          .containsExactly("c");
    }

    @Test
    void losesAndRepeatsNothingWhileItemsComeBetweenPages() {
      for (long seed = 1; seed <= 10; seed++) {
        for (HistoryQuery.Order order : HistoryQuery.Order.values()) {
          for (String owner : List.of("", "owner-1")) {
            pagesWithInserts("kind-" + seed + order + owner, owner, order, new Random(seed));
          }
        }
      }
    }

    private void pagesWithInserts(
        String kind, String owner, HistoryQuery.Order order, Random random) {
      List<HistoryItem> before = write(kind, 40, random);
      HistoryQuery query =
          new HistoryQuery(kind, owner, HistoryCursor.BEGINNING, order, 1 + random.nextInt(7));
      List<HistoryItem> seen = new ArrayList<>();
      List<HistoryItem> page = history.page(query);
      while (!page.isEmpty()) {
        seen.addAll(page);
        write(kind, 2, random);
        HistoryCursor last = page.get(page.size() - 1).cursor();
        page = history.page(query.continuedAfter(last));
      }

      Comparator<HistoryItem> oldestFirst =
          Comparator.comparing(HistoryItem::created).thenComparing(HistoryItem::id);
      assertThat(seen)
          .containsAll(
              before.stream().filter(i -> owner.isEmpty() || i.owner().equals(owner)).toList())
          .doesNotHaveDuplicates()
          .isSortedAccordingTo(
              order == HistoryQuery.Order.OLDEST_FIRST ? oldestFirst : oldestFirst.reversed());
    }

    private List<HistoryItem> write(String kind, int count, Random random) {
      List<HistoryItem> items = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String id = "id-" + random.nextInt(1_000_000);
        String owner = "owner-" + random.nextInt(3);
        // few positions, so that many items share one
        items.add(new HistoryItem(kind, id, owner, random.nextInt(10), 20, 0, new byte[1]));
      }
      put(items, history.followed());
      return items;
    }

    @Test
    void isBounded() {
      assertThatThrownBy(() -> HistoryQuery.newest("deployment", 1_001))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> HistoryQuery.newest("deployment", 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Lines {

    private void write(String owner, long... positions) {
      List<HistoryLine> lines =
          LongStream.of(positions).mapToObj(at -> new HistoryLine(owner, at, bytes(at))).toList();
      history.write(new HistoryWrite(List.of(), lines, List.of(), history.followed()));
    }

    private byte[] bytes(long position) {
      return ("line " + position).getBytes(UTF_8);
    }

    private List<Long> positions(String owner, long after, HistoryQuery.Order order, int limit) {
      return history.lines(owner, after, order, limit).stream().map(HistoryLine::position).toList();
    }

    @Test
    void areTheOwnersInEitherOrder() {
      write("x", 1, 3, 5);
      write("y", 2, 4);
      assertThat(positions("x", 0, HistoryQuery.Order.OLDEST_FIRST, 2)).containsExactly(1L, 3L);
      assertThat(positions("x", 9, HistoryQuery.Order.NEWEST_FIRST, 9)).containsExactly(5L, 3L, 1L);
      assertThat(history.lines("y", 9, HistoryQuery.Order.NEWEST_FIRST, 1))
          .containsExactly(new HistoryLine("y", 4, bytes(4)));
    }

    @Test
    void goOnBehindAPosition() {
      write("x", 1, 3, 5);
      assertThat(positions("x", 2, HistoryQuery.Order.OLDEST_FIRST, 9)).containsExactly(3L, 5L);
      assertThat(positions("x", 3, HistoryQuery.Order.NEWEST_FIRST, 9)).containsExactly(1L);
    }

    @Test
    void areTheSameWhenWrittenAgain() {
      write("x", 1, 3);
      write("x", 1, 3);
      assertThat(positions("x", 0, HistoryQuery.Order.OLDEST_FIRST, 9)).containsExactly(1L, 3L);
    }
  }

  @Nested
  class Keys {
    private static final long HOUR_MS = 3_600_000;

    private HistoryKey key(int number, long atMs) {
      return new HistoryKey(KeyMark.of("scope " + number, bytes(number)), number, atMs);
    }

    private byte[] bytes(int number) {
      return Integer.toString(number).getBytes(UTF_8);
    }

    private void write(List<HistoryKey> keys) {
      history.write(new HistoryWrite(List.of(), List.of(), keys, history.followed()));
    }

    @Test
    void areFoundByTheirScopeAloneWheneverTheyWereUsed() {
      List<HistoryKey> keys = new ArrayList<>();
      for (int number = 0; number < 500; number++) {
        keys.add(key(number, number * HOUR_MS / 20)); // over 25 hours
      }
      write(keys);
      assertThat(history.hasKeys()).isTrue();
      history.close();
      open();
      assertThat(history.hasKeys()).isTrue();
      for (HistoryKey key : keys) {
        KeyMark other = KeyMark.of("scope " + key.position(), new byte[] {1, 2});
        assertThat(history.key(other.scope())).contains(key);
      }
      assertThat(history.key(KeyMark.of("scope", new byte[0]).scope())).isEmpty();
    }

    @Test
    void areTheNewestUseWhenThereAreTwo() {
      HistoryKey before = key(1, HOUR_MS);
      HistoryKey after = new HistoryKey(before.mark(), 77, 30 * HOUR_MS);
      write(List.of(after, before));
      assertThat(history.key(before.mark().scope())).contains(after);
    }

    @Test
    void areForgottenWhenTheyAreOldAndNotBefore() {
      write(List.of(key(1, HOUR_MS), key(2, 40 * HOUR_MS), key(3, 65 * HOUR_MS)));
      history.forgetKeys(40 * HOUR_MS);
      assertThat(history.key(key(1, 0).mark().scope())).isEmpty();
      assertThat(history.key(key(2, 0).mark().scope())).isPresent();
      assertThat(history.key(key(3, 0).mark().scope())).isPresent();
    }
  }
}
