package io.phalanx.scheduler.storage;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been opened so far, closed in reverse order, all of it even if some of it fails. */
public final class Resources {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Takes over a resource and hands it back for use. */
  public <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Closes after {@code cause} has spoilt the opening; further faults go with it. */
  public void closeAfter(Exception cause) {
    try {
      close();
    } catch (Exception e) {
      cause.addSuppressed(e);
    }
  }

  /** Closes all; the first fault is thrown, the others go with it. */
  public void close() throws Exception {
    Exception first = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
