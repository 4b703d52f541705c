package io.phalanx.scheduler.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
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

  private static List<String> ids(List<HistoryItem> items) {
    return items.stream().map(HistoryItem::id).toList();
  }

  @Nested
  class Write {
    @Test
    void keepsItemsAndHowFarTheyGo() {
      history.write(List.of(item("a", "alice", 3), item("b", "bob", 4)), 9);

      assertThat(history.followed()).isEqualTo(9);
      assertThat(history.get("deployment", "b")).contains(item("b", "bob", 4));
    }

    @Test
    void replacesAnItemOfTheSameKindAndId() {
      history.write(List.of(item("a", "alice", 3)), 9);
      history.write(List.of(item("a", "bob", 4)), 9);

      assertThat(history.get("deployment", "a")).contains(item("a", "bob", 4));
      assertThat(ids(history.page(HistoryQuery.newest("deployment", 10)))).containsExactly("a");
    }

    @Test
    void doesNothingWhenItWouldGoBack() {
      history.write(List.of(), 9);

      assertThatThrownBy(() -> history.write(List.of(item("a", "alice", 3)), 8))
          .isInstanceOf(HistoryFailedException.class);
      assertThat(history.followed()).isEqualTo(9);
      assertThat(history.get("deployment", "a")).isEmpty();
    }

    @Test
    void survivesAClose() {
      history.write(List.of(item("a", "alice", 3)), 7);
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
      history.write(List.of(item("a", "alice", 3)), 9);

      assertThat(history.get("receipt", "a")).isEmpty();
    }

    @Test
    void worksFromManyThreadsWhileItIsWritten() {
      List<CompletableFuture<Void>> readers =
          IntStream.range(0, 16)
              .mapToObj(i -> CompletableFuture.runAsync(() -> readUntilFollowed(100)))
              .toList();
      for (int i = 1; i <= 100; i++) {
        history.write(List.of(item("id-" + i, "alice", i)), i);
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
      history.write(List.of(item("b", "x", 2), item("a", "x", 3), item("c", "x", 1)), 9);

      assertThat(ids(history.page(HistoryQuery.newest("deployment", 2)))).containsExactly("a", "b");
      assertThat(ids(history.page(HistoryQuery.oldest("deployment", 2)))).containsExactly("c", "b");
    }

    @Test
    void isOfOneOwnerOnRequest() {
      history.write(List.of(item("a", "x", 1), item("b", "y", 2), item("c", "x", 3)), 9);

      assertThat(ids(history.page(HistoryQuery.newest("deployment", 9).ownedBy("x"))))
          .containsExactly("c", "a");
    }

    @Test
    void goesOnBehindAnItemThatIsGone() {
      history.write(List.of(item("a", "x", 1), item("b", "x", 2), item("c", "x", 3)), 9);
      HistoryCursor cursor = item("b", "x", 2).cursor();
      history.forget("deployment", 2_001);

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
      history.write(items, history.followed());
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
  class Forget {
    @Test
    void removesWhatIsOlderAndOfThatKind() {
      HistoryItem key = new HistoryItem("key", "a", "x", 1, 1, 500, new byte[0]);
      history.write(List.of(item("a", "x", 1), item("b", "x", 2), key), 9);

      assertThat(history.forget("deployment", 2_000)).isEqualTo(1);
      assertThat(history.get("deployment", "a")).isEmpty();
      assertThat(history.get("deployment", "b")).isPresent();
      assertThat(history.get("key", "a")).contains(key);
    }
  }
}
