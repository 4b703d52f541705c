package io.phalanx.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class ScanTest {

  private static Scan<Long> scan(
      NavigableMap<Long, Long> all, PageRequest request, Set<Long> seen) {
    return Scan.live(all, key -> key, item -> item % 3 != 0, request, seen);
  }

  @Nested
  class With {

    @Test
    void showsEveryItemOfBothSidesOnceInOrder() {
      for (int seed = 0; seed < 300; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<Long, Long> live = new TreeMap<>();
        TreeMap<Long, Long> past = new TreeMap<>();
        List<Long> expected = new ArrayList<>();
        for (long position = 0; position < random.nextInt(1, 60); position++) {
          (random.nextBoolean() ? live : past).put(position, position);
          if (position % 3 != 0) {
            expected.add(position);
          }
        }
        boolean ascending = random.nextBoolean();
        if (!ascending) {
          java.util.Collections.reverse(expected);
        }
        assertThat(walk(live, past, random.nextInt(1, 9), ascending)).isEqualTo(expected);
      }
    }

    private List<Long> walk(
        NavigableMap<Long, Long> live,
        NavigableMap<Long, Long> past,
        int limit,
        boolean ascending) {
      List<Long> shown = new ArrayList<>();
      Cursor after = null;
      do {
        PageRequest request = new PageRequest(limit, after, ascending);
        Set<Long> seen = new HashSet<>();
        Page<Long> page = scan(live, request, seen).with(scan(past, request, seen), request);
        assertThat(page.items().size()).isLessThanOrEqualTo(limit);
        shown.addAll(page.items());
        String next = page.next();
        after = next == null ? null : Cursor.parse(next).orElseThrow();
      } while (after != null);
      return shown;
    }
  }

  @Nested
  class Live {

    @Test
    void stopsAfterSoManyRowsWithAShortPage() {
      TreeMap<Long, Long> all = new TreeMap<>();
      for (long position = 0; position < 2L * Scan.MOST_ROWS; position++) {
        all.put(position, position);
      }
      PageRequest request = new PageRequest(10, null, true);
      Scan<Long> scan =
          Scan.live(all, key -> key, item -> item == 15_000, request, new HashSet<>());
      Page<Long> first = scan.with(Scan.nothing(), request);
      assertThat(first.items()).isEmpty();
      Cursor next = Cursor.parse(Objects.requireNonNull(first.next())).orElseThrow();
      assertThat(next.position()).isEqualTo(Scan.MOST_ROWS - 1);
      PageRequest rest = new PageRequest(10, next, true);
      assertThat(
              Scan.live(all, key -> key, item -> item == 15_000, rest, new HashSet<>())
                  .with(Scan.nothing(), rest)
                  .items())
          .containsExactly(15_000L);
    }
  }
}
