package io.phalanx.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events to one client, in the order they are given.
 *
 * <p>A source asks {@link #isFull} and goes on when it is drained; a client that does not read for
 * as long as a request may take is disconnected, and resumes by the id of the last event it has.
 * All methods run on the connection's event loop.
 */
public final class EventStream {
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

  private final HttpServerResponse response;
  private final ConnectionGuard guard;
  private final List<Runnable> onClose = new ArrayList<>();
  private boolean closed;

  EventStream(HttpServerResponse response, ConnectionGuard guard) {
    this.response = response;
    this.guard = guard;
  }

  /**
   * Sends an event.
   *
   * @param id unique, without line breaks
   * @param event its kind
   * @param data one line of JSON
   */
  public void send(String id, String event, byte[] data) {
    if (isClosed()) {
      return;
    }
    Buffer frame = Buffer.buffer(data.length + id.length() + event.length() + 24);
    frame.appendString("id: ").appendString(id);
    frame.appendString("\nevent: ").appendString(event);
    frame.appendString("\ndata: ").appendBytes(data).appendString("\n\n");
    response.write(frame);
  }

  /** Sends a line that clients ignore, so that everybody on the way sees the stream alive. */
  void comment() {
    if (!isClosed()) {
      response.write(Buffer.buffer(COMMENT));
    }
  }

  /** Whether the client reads more slowly than events are sent: wait for the drain. */
  public boolean isFull() {
    return !isClosed() && response.writeQueueFull();
  }

  /** Runs this each time a full stream can take more; null for nothing. */
  public void onDrain(@Nullable Runnable resume) {
    response.drainHandler(resume == null ? null : ignored -> resume.run());
  }

  /** Runs this once when the stream has ended, whoever ended it. */
  public void onClose(Runnable action) {
    if (closed) {
      action.run();
    } else {
      onClose.add(action);
    }
  }

  /** Whether it has ended; true as soon as the connection is gone, before anybody is told. */
  public boolean isClosed() {
    return closed || !guard.isOpen();
  }

  /** Ends the stream; the client may resume elsewhere. */
  public void end() {
    if (!isClosed()) {
      response.end();
      closed();
    }
  }

  /** The connection is gone, or the stream has ended. */
  void closed() {
    if (!closed) {
      closed = true;
      onClose.forEach(Runnable::run);
    }
  }
}
