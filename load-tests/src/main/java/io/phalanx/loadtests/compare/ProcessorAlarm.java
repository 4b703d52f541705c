package io.phalanx.loadtests.compare;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Rings when the thread that set it has used so much processor time: a limit that neighbours on the
 * machine do not shorten.
 */
public final class ProcessorAlarm {
  private static final long LOOK_EVERY_NANOS = 2_000_000;

  private final Thread watch;
  private volatile boolean closed;

  /** What {@code work} comes to on this thread, which is told by {@code ring} when to end. */
  public static <T> T within(int seconds, Runnable ring, Supplier<T> work) {
    ProcessorAlarm alarm = new ProcessorAlarm(seconds, ring);
    try {
      return work.get();
    } finally {
      alarm.close();
    }
  }

  private ProcessorAlarm(int seconds, Runnable ring) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long watched = Thread.currentThread().getId();
    long until = threads.getThreadCpuTime(watched) + seconds * 1_000_000_000L;
    watch =
        new Thread(
            () -> {
              while (!closed && threads.getThreadCpuTime(watched) < until) {
                LockSupport.parkNanos(LOOK_EVERY_NANOS);
              }
              if (!closed) {
                ring.run();
              }
            },
            "processor-alarm");
    watch.setDaemon(true);
    watch.start();
  }

  private void close() {
    closed = true;
    LockSupport.unpark(watch);
  }
}
