package io.phalanx.api.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches one connection, so that no client can hold it by being slow: from the first byte of a
 * request to the last byte of its answer there is one deadline, whatever trickles meanwhile.
 *
 * <p>An idle time-out does not do: a client that sends a byte a second is never idle. All methods
 * run on the connection's event loop.
 */
final class ConnectionGuard extends ChannelInboundHandlerAdapter {
  /** How long a refused request may go on sending, so that its answer is not lost to a reset. */
  private static final long LINGER_NANOS = 2_000_000_000L;

  private static final long NEVER = Long.MAX_VALUE;

  private final Channel channel;
  private final Limits limits;
  private final Consumer<ConnectionGuard> onClose;
  private boolean seenRequest;
  private boolean busy;
  private long since;
  private int inFlight;
  private long lingerUntil = NEVER;
  private boolean streaming;
  private long unwritableSince = NEVER;
  private @Nullable Exchange current;

  /**
   * The longest times, in nanoseconds.
   *
   * @param deadline for a whole request
   * @param keepAlive for nothing at all
   */
  record Limits(long deadline, long keepAlive) {}

  ConnectionGuard(Channel channel, Limits limits, Consumer<ConnectionGuard> onClose) {
    this.channel = channel;
    this.limits = limits;
    this.onClose = onClose;
    this.since = System.nanoTime();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!busy) {
      becomeBusy();
    }
    context.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    onClose.accept(this);
    context.fireChannelInactive();
  }

  /** The head of a request is complete. */
  void begin(Exchange exchange) {
    inFlight++;
    current = exchange;
    if (!busy) {
      becomeBusy(); // it was pipelined behind the one before
    }
  }

  /** The last byte of an answer has left. */
  void finish() {
    inFlight--;
    streaming = false;
    since = System.nanoTime();
    busy = inFlight > 0;
    if (!busy) {
      current = null;
    }
  }

  /** The answer never ends by itself; from now on only a reader that does not read is slow. */
  void stream() {
    streaming = true;
  }

  /** Whether the answer is a stream. */
  boolean isStreaming() {
    return streaming;
  }

  /** The connection is of no more use once the answer has been read. */
  void closeSoon() {
    lingerUntil = System.nanoTime() + LINGER_NANOS;
  }

  /** Whether bytes can still go out. */
  boolean isOpen() {
    return channel.isActive();
  }

  /**
   * Closes it now. Vert.x's own handler would first wait for what is still to be written, which is
   * just what a slow reader wants, so this goes out in front of it.
   */
  void close() {
    ChannelHandlerContext first = channel.pipeline().firstContext();
    var unused = first == null ? channel.close() : first.close();
  }

  /** The body that is arriving cannot be decoded. */
  void badBody(Throwable cause) {
    if (current == null) {
      close();
    } else {
      current.bodyFailed(cause);
    }
  }

  /** Looks at the clock; called a few times within each deadline. */
  void sweep(long now) {
    if (streaming) {
      sweepStream(now);
    } else if (now >= lingerUntil) {
      close();
    } else if (busy) {
      sweepBusy(now);
    } else if (now - since > (seenRequest ? limits.keepAlive : limits.deadline)) {
      close();
    }
  }

  private void sweepBusy(long now) {
    if (now - since <= limits.deadline) {
      return;
    }
    Exchange slow = current;
    current = null;
    if (slow == null) {
      close(); // a slow head, a slow reader, or an answer to the deadline that nobody reads
    } else {
      slow.expire();
    }
  }

  private void sweepStream(long now) {
    if (channel.isWritable()) {
      unwritableSince = NEVER;
    } else if (unwritableSince == NEVER) {
      unwritableSince = now;
    } else if (now - unwritableSince > limits.deadline) {
      close();
    }
  }

  private void becomeBusy() {
    busy = true;
    seenRequest = true;
    since = System.nanoTime();
  }
}
