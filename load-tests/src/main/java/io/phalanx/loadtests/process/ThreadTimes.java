package io.phalanx.loadtests.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the threads of a process have used of the processors, by name without its number; empty
 * where there is no {@code /proc}.
 *
 * @param ticks of 10 ms, which is what Linux counts in
 */
public record ThreadTimes(Map<String, Long> ticks) {
  private static final long TICK_MS = 10;
  private static final int USER_TIME = 11;

  public ThreadTimes {
    ticks = Map.copyOf(ticks);
  }

  /** Since the process began; what has ended meanwhile is not counted. */
  public static ThreadTimes of(long processId) {
    Map<String, Long> ticks = new HashMap<>();
    Path tasks = Path.of("/proc", Long.toString(processId), "task");
    if (!Files.isDirectory(tasks)) {
      return new ThreadTimes(ticks);
    }
    try (Stream<Path> threads = Files.list(tasks)) {
      for (Path thread : threads.toList()) {
        add(thread.resolve("stat"), ticks);
      }
    } catch (IOException e) {
      ticks.clear(); // the process is gone
    }
    return new ThreadTimes(ticks);
  }

  /** What was used since then. */
  public ThreadTimes minus(ThreadTimes before) {
    Map<String, Long> since = new HashMap<>(ticks);
    before.ticks.forEach((name, used) -> since.merge(name, -used, Long::sum));
    return new ThreadTimes(since);
  }

  /** Both together. */
  public ThreadTimes plus(ThreadTimes other) {
    Map<String, Long> sum = new HashMap<>(ticks);
    other.ticks.forEach((name, used) -> sum.merge(name, used, Long::sum));
    return new ThreadTimes(sum);
  }

  /** All threads together. */
  public Duration total() {
    return Duration.ofMillis(ticks.values().stream().mapToLong(Long::longValue).sum() * TICK_MS);
  }

  /** What each used for one of so many answers, in microseconds, the busiest first. */
  public String perAnswer(long answers) {
    return ticks.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .filter(entry -> entry.getValue() > 0)
        .map(
            entry ->
                String.format(
                    Locale.ROOT,
                    "%s %.1f",
                    entry.getKey(),
                    entry.getValue() * TICK_MS * 1e3 / Math.max(1, answers)))
        .collect(Collectors.joining(", "));
  }

  private static void add(Path stat, Map<String, Long> ticks) throws IOException {
    String line;
    try {
      line = Files.readString(stat);
    } catch (IOException e) {
      return; // the thread is gone
    }
    int nameEnd = line.lastIndexOf(')');
    String name = line.substring(line.indexOf('(') + 1, nameEnd).replaceAll("[#\\d]+", "");
    String[] fields = line.substring(nameEnd + 2).split(" ", -1);
    long used = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
    ticks.merge(name.strip(), used, Long::sum);
  }
}
