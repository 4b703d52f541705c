package io.phalanx.simulator.load;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/** One keep-alive connection with at most one request under way. */
final class LoadConnection {
  /** What is told of it. */
  interface Events {
    void answered(LoadConnection connection, int status, byte[] body);

    void broke(LoadConnection connection);
  }

  private final NetSocket socket;
  private long number = -1;
  private long dueNanos;

  LoadConnection(NetSocket socket, Events events) {
    this.socket = socket;
    ResponseParser parser =
        new ResponseParser((status, body) -> events.answered(this, status, body));
    socket.handler(
        bytes -> {
          try {
            parser.feed(bytes.getBytes());
          } catch (RuntimeException noHttp) {
            socket.close();
          }
        });
    socket.exceptionHandler(failure -> socket.close());
    socket.closeHandler(closed -> events.broke(this));
  }

  void send(Buffer request, long requestNumber, long requestDueNanos) {
    number = requestNumber;
    dueNanos = requestDueNanos;
    socket.write(request);
  }

  /** Of the request under way; −1 when there is none. */
  long number() {
    return number;
  }

  long dueNanos() {
    return dueNanos;
  }

  void free() {
    number = -1;
  }
}
