package io.phalanx.loadtests.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One node's way to the database. What is on it can be held back in either direction with all
 * connections open, which is how a broken network looks from both ends.
 */
final class StoreProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final long LOOK_EVERY_MS = 5;

  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ServerSocket server;
  private final int target;
  private volatile boolean holdsRequests;
  private volatile boolean holdsAnswers;
  private volatile boolean closed;

  private StoreProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** Opens a way to that port. */
  static StoreProxy open(int target) {
    try {
      StoreProxy proxy = new StoreProxy(new ServerSocket(0, 64, loopback()), target);
      start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("no way to the store", e);
    }
  }

  /** Where the node finds it. */
  int port() {
    return server.getLocalPort();
  }

  /** Holds back what passes, until it is told otherwise. */
  void hold(boolean requests, boolean answers) {
    holdsRequests = requests;
    holdsAnswers = answers;
  }

  /** Breaks every connection, as a network does that comes back with its peers gone. */
  void reset() {
    sockets.forEach(StoreProxy::closeQuietly);
    sockets.clear();
  }

  @Override
  public void close() {
    closed = true;
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the way to the store did not close", e);
    }
    reset();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket node = server.accept();
        sockets.add(node);
        start(() -> connect(node));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void connect(Socket node) {
    Socket store = new Socket();
    sockets.add(store);
    try {
      store.connect(new InetSocketAddress(loopback(), target));
      start(() -> pass(node, store, true));
      pass(store, node, false);
    } catch (IOException e) {
      closeQuietly(node);
      closeQuietly(store);
    }
  }

  private void pass(Socket from, Socket to, boolean isRequest) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int read = in.read(buffer);
      while (read >= 0) {
        while (!closed && (isRequest ? holdsRequests : holdsAnswers)) {
          TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
        out.write(buffer, 0, read);
        out.flush();
        read = in.read(buffer);
      }
    } catch (IOException e) {
      // one end is gone, so the other goes too
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(from);
      closeQuietly(to);
    }
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  private static void start(Runnable run) {
    Thread thread = new Thread(run, "store-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone
    }
  }
}
