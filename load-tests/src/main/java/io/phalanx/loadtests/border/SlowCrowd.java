package io.phalanx.loadtests.border;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Many connections of one thread that send little, now and then, and never read. */
final class SlowCrowd implements AutoCloseable {
  private static final int RECEIVE_BYTES = 4_096;
  private static final long PIECE_EVERY_MS = 500;
  private static final int OPENED_BETWEEN_PAUSES = 50;
  private static final long PAUSE_MS = 10;

  private final List<Slow> all = new ArrayList<>();
  private final Thread thread = new Thread(this::trickle, "slow-crowd");
  private volatile boolean closing;

  private record Slow(SocketChannel channel, SlowKind kind) {}

  private SlowCrowd() {}

  /** Opens so many connections of each kind. */
  static SlowCrowd open(URI service, int each) throws IOException, InterruptedException {
    SlowCrowd crowd = new SlowCrowd();
    InetSocketAddress address = new InetSocketAddress(service.getHost(), service.getPort());
    for (int i = 0; i < each; i++) {
      for (SlowKind kind : SlowKind.values()) {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
        channel.connect(address);
        channel.write(ByteBuffer.wrap(kind.opening()));
        channel.configureBlocking(false);
        crowd.all.add(new Slow(channel, kind));
      }
      if (i % OPENED_BETWEEN_PAUSES == 0) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    }
    crowd.thread.setDaemon(true);
    crowd.thread.start();
    return crowd;
  }

  int size() {
    return all.size();
  }

  private void trickle() {
    try {
      while (!closing) {
        TimeUnit.MILLISECONDS.sleep(PIECE_EVERY_MS);
        for (Slow slow : all) {
          send(slow);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(Slow slow) {
    byte[] piece = slow.kind().piece();
    if (piece.length == 0 || !slow.channel().isOpen()) {
      return;
    }
    try {
      slow.channel().write(ByteBuffer.wrap(piece));
    } catch (IOException closedByTheService) {
      close(slow);
    }
  }

  private static void close(Slow slow) {
    try {
      slow.channel().close();
    } catch (IOException gone) {
      return;
    }
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    all.forEach(SlowCrowd::close);
  }
}
