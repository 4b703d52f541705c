package io.phalanx.api.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Ports for processes that are started a little later. They are below those that a system gives to
 * outgoing connections (from 32,768 on Linux, from 49,152 by RFC 6335), or one of these could have
 * the port by then.
 */
public final class FreePorts {
  private static final int FIRST = 10_000;
  private static final int END = 32_000;
  private static final int TRIES = 1_000;

  private final Set<Integer> given = new HashSet<>();
  private final RandomGenerator random;

  /** Ports chosen by that, so that others who choose meanwhile choose others. */
  public FreePorts(RandomGenerator random) {
    this.random = random;
  }

  /**
   * A port on which nobody listens, and that was not given before.
   *
   * @throws IllegalStateException if none is found
   * @throws UncheckedIOException if none can be tried
   */
  public synchronized int next() {
    for (int i = 0; i < TRIES; i++) {
      int port = random.nextInt(FIRST, END);
      if (!given.contains(port) && isFree(port)) {
        given.add(port);
        return port;
      }
    }
    throw new IllegalStateException("no port is free from " + FIRST + " to " + (END - 1));
  }

  private static boolean isFree(int port) {
    try (ServerSocket everywhere = new ServerSocket(port)) {
      return everywhere.isBound();
    } catch (BindException taken) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("no port can be tried", e);
    }
  }
}
