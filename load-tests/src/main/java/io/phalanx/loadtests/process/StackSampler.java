package io.phalanx.loadtests.process;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A profiler of the simplest kind: looks at the stacks of this process every 5 ms. Biased towards
 * safe points, good enough to say what dominates.
 */
public final class StackSampler implements AutoCloseable {
  private static final long EVERY_MS = 5;

  private final Map<String, Map<String, Integer>> selfByThread = new HashMap<>();
  private final Map<String, Map<String, Integer>> inclusiveByThread = new HashMap<>();
  private final Map<String, Integer> samplesByThread = new HashMap<>();
  private final String prefix;
  private final Thread thread;
  private volatile boolean closing;

  private StackSampler(String prefix) {
    this.prefix = prefix;
    this.thread = new Thread(this::run, "stack-sampler");
    this.thread.setDaemon(true);
  }

  /**
   * Starts to look.
   *
   * @param prefix of the classes whose methods also count while what they called runs
   */
  public static StackSampler start(String prefix) {
    StackSampler sampler = new StackSampler(prefix);
    sampler.thread.start();
    return sampler;
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The busiest methods of each busy thread, in lines; after {@link #close}. */
  public List<String> report(int methods) {
    List<String> lines = new ArrayList<>();
    samplesByThread.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(
            entry -> {
              int samples = entry.getValue();
              lines.add("%s: %d samples running".formatted(entry.getKey(), samples));
              lines.addAll(top(selfByThread, entry.getKey(), samples, methods, "self"));
              lines.addAll(
                  top(inclusiveByThread, entry.getKey(), samples, methods, "with callees"));
            });
    return lines;
  }

  private static List<String> top(
      Map<String, Map<String, Integer>> counts,
      String name,
      int samples,
      int methods,
      String what) {
    return counts.getOrDefault(name, Map.of()).entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Comparator.comparing(Map.Entry::getKey)))
        .limit(methods)
        .map(one -> "  %3d%% %s %s".formatted(one.getValue() * 100 / samples, what, one.getKey()))
        .toList();
  }

  private void run() {
    while (!closing) {
      Thread.getAllStackTraces().forEach(this::take);
      try {
        Thread.sleep(EVERY_MS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void take(Thread sampled, StackTraceElement[] stack) {
    if (sampled == thread || sampled.getState() != Thread.State.RUNNABLE || stack.length == 0) {
      return;
    }
    String name = sampled.getName().replaceAll("\\d+$", "*");
    samplesByThread.merge(name, 1, Integer::sum);
    selfByThread
        .computeIfAbsent(name, key -> new HashMap<>())
        .merge(text(stack[0]), 1, Integer::sum);
    Map<String, Integer> counts = inclusiveByThread.computeIfAbsent(name, key -> new HashMap<>());
    List.of(stack).stream()
        .filter(frame -> frame.getClassName().startsWith(prefix))
        .map(StackSampler::text)
        .distinct()
        .forEach(frame -> counts.merge(frame, 1, Integer::sum));
  }

  private static String text(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
  }
}
