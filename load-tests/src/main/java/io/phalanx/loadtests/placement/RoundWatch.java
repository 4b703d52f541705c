package io.phalanx.loadtests.placement;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Looks at a service's newest rounds every few seconds. */
public final class RoundWatch implements AutoCloseable {
  private static final long EVERY_SECONDS = 3;

  private final List<RoundFigures> looks = new ArrayList<>();
  private final Thread thread;

  /** Begins to look. */
  public RoundWatch(URI service) {
    thread = new Thread(() -> run(service), "round-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** What was seen when two thirds of the time were over: in the midst of the load. */
  public synchronized Optional<RoundFigures> late() {
    return looks.isEmpty() ? Optional.empty() : Optional.of(looks.get(looks.size() * 2 / 3));
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run(URI service) {
    while (true) {
      try {
        TimeUnit.SECONDS.sleep(EVERY_SECONDS);
        RoundFigures figures = RoundFigures.of(service);
        synchronized (this) {
          looks.add(figures);
        }
      } catch (InterruptedException | IOException e) {
        return;
      }
    }
  }
}
