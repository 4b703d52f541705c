package io.phalanx.api.read;

import java.util.List;
import java.util.Optional;

/**
 * One open stream: items wait here, bounded, until they are polled. Whoever serves it polls on
 * {@code ready} until it comes back empty, or until its client can take no more, then again when
 * the client can.
 */
public final class Subscription implements AutoCloseable {

  /** The next items, oldest first; empty when there are none for now. Never blocks. */
  public List<StreamItem> poll(int max) {
    throw new UnsupportedOperationException();
  }

  /** Why the stream is over, once it is and everything before was polled. */
  public Optional<StreamEnd> end() {
    throw new UnsupportedOperationException();
  }

  /** Ends it; the client has gone. */
  @Override
  public void close() {}
}
