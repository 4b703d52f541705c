package io.phalanx.simulator.payout;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A payout layer on loopback, on bare sockets, that does to each delivery whatever it is told to.
 * What it has applied it keeps by number; anything that is out of order, changed on the way or not
 * signed is a fault that it remembers.
 */
public final class FaultyPayout implements AutoCloseable {

  /** What it does to one delivery. */
  public enum Behaviour {
    /** Takes it and says so. */
    WELL(true),
    /** The same, in a third of the time that the other side gives it. */
    DELAYS(true),
    /** Takes it and says so when nobody listens any more. */
    ANSWERS_TOO_LATE(true),
    /** 500, nothing taken. */
    FAILS_BEFORE_APPLYING(false),
    /** 500, and taken all the same. */
    FAILS_AFTER_APPLYING(true),
    /** The connection is reset, nothing taken. */
    RESETS_BEFORE_APPLYING(false),
    /** The connection is reset, and taken all the same. */
    RESETS_AFTER_APPLYING(true),
    /** Two answers to one request. */
    ANSWERS_TWICE(true),
    /** 409, and taken all the same. */
    LIES_THAT_IT_REFUSES(true),
    /** Less of a body than is announced. */
    LIES_ABOUT_THE_LENGTH(true),
    /** 307 to another path. */
    REDIRECTS(false),
    /** Half a megabyte of a body that does not end. */
    FLOODS(true),
    /** A head that comes byte by byte. */
    DRIPS(true),
    /** No HTTP at all. */
    TALKS_NONSENSE(false);

    private final boolean applies;

    Behaviour(boolean applies) {
      this.applies = applies;
    }
  }

  /** A delivery as it came in. */
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  private record Delivery(String target, Map<String, String> headers, byte[] body) {}

  private static final String OK = "HTTP/1.1 204 No Content\r\n\r\n";
  private static final int FLOOD_BYTES = 512 * 1024;

  private final Map<Long, byte[]> applied = new HashMap<>();
  private final Map<Behaviour, Integer> done = new EnumMap<>(Behaviour.class);
  private final Map<String, String> faults = new HashMap<>();
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool(FaultyPayout::daemon);
  private final IntFunction<Behaviour> next;
  private final long deadlineMs;
  private int deliveries;
  private long redirected;

  /**
   * Opens it at a free port.
   *
   * @param next what it does to the n-th delivery, from 0
   * @param deadlineMs after which the other side gives up
   */
  public FaultyPayout(IntFunction<Behaviour> next, long deadlineMs) {
    this.next = next;
    this.deadlineMs = deadlineMs;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::listen);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "faulty-payout");
    thread.setDaemon(true);
    return thread;
  }

  /** Where deliveries go; its host is in capitals, which what is signed is not. */
  public URI url() {
    return URI.create("http://LOCALHOST:" + server.getLocalPort() + "/in?from=us");
  }

  /** The bodies that were applied, by number. */
  public synchronized Map<Long, byte[]> applied() {
    return new HashMap<>(applied);
  }

  /** How often it behaved how. */
  public synchronized Map<Behaviour, Integer> done() {
    return new EnumMap<>(done);
  }

  /** What was wrong with deliveries, by which. */
  public synchronized Map<String, String> faults() {
    return new HashMap<>(faults);
  }

  /** How often a redirect was followed. */
  public synchronized long redirected() {
    return redirected;
  }

  private void listen() {
    try {
      while (true) {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      Delivery delivery = read(in);
      while (delivery != null) {
        if (delivery.target().equals("/elsewhere")) {
          synchronized (this) {
            redirected++;
          }
        }
        Behaviour behaviour = take(delivery);
        if (!answer(behaviour, socket, out)) {
          return;
        }
        delivery = read(in);
      }
    } catch (IOException e) {
      // the other side has gone, as it may
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next request; none when there is no more. */
  private static @Nullable Delivery read(InputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return null;
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return new Delivery(first.split(" ", -1)[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int c = in.read();
    while (c >= 0 && c != '\n') {
      if (c != '\r') {
        line.write(c);
      }
      c = in.read();
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private synchronized Behaviour take(Delivery delivery) {
    Behaviour behaviour = next.apply(deliveries++);
    done.merge(behaviour, 1, Integer::sum);
    String why = SignatureByHand.fault("POST", url(), delivery.headers(), delivery.body());
    if (!why.isEmpty()) {
      faults.put("signature " + deliveries, why);
    }
    if (behaviour.applies) {
      apply(delivery);
    }
    return behaviour;
  }

  private void apply(Delivery delivery) {
    String key = delivery.headers().getOrDefault("idempotency-key", "");
    long number = Long.parseLong(key.replace("settlement-", ""));
    byte[] before = applied.putIfAbsent(number, delivery.body());
    if (before == null && number != applied.size()) {
      faults.put(key, "it is out of order: " + applied.size() + " were there");
    } else if (before != null && !Arrays.equals(before, delivery.body())) {
      faults.put(key, "it has changed");
    }
  }

  /** Whether the connection goes on. */
  private boolean answer(Behaviour behaviour, Socket socket, OutputStream out)
      throws IOException, InterruptedException {
    switch (behaviour) {
      case WELL -> say(out, OK);
      case DELAYS -> {
        Thread.sleep(deadlineMs / 3);
        say(out, OK);
      }
      case ANSWERS_TOO_LATE -> {
        Thread.sleep(2 * deadlineMs);
        say(out, OK);
      }
      case FAILS_BEFORE_APPLYING, FAILS_AFTER_APPLYING ->
          say(out, "HTTP/1.1 500 Oh no\r\nContent-Length: 2\r\n\r\nno");
      case RESETS_BEFORE_APPLYING, RESETS_AFTER_APPLYING -> {
        socket.setSoLinger(true, 0);
        return false;
      }
      case ANSWERS_TWICE -> say(out, OK + OK);
      case LIES_THAT_IT_REFUSES -> say(out, "HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n\r\n");
      case LIES_ABOUT_THE_LENGTH -> {
        say(out, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nless");
        return false;
      }
      case REDIRECTS -> redirect(out);
      case FLOODS -> flood(out);
      case DRIPS -> drip(out);
      case TALKS_NONSENSE -> {
        say(out, "\u0000\u0001 this is no HTTP at all\r\n\r\n");
        return false;
      }
    }
    return true;
  }

  private void redirect(OutputStream out) throws IOException {
    String target = "http://127.0.0.1:" + server.getLocalPort() + "/elsewhere";
    say(out, "HTTP/1.1 307 Elsewhere\r\nLocation: " + target + "\r\nContent-Length: 0\r\n\r\n");
  }

  private static void flood(OutputStream out) throws IOException {
    say(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
    for (int sent = 0; sent < FLOOD_BYTES; sent += 0x10000) {
      say(out, chunk);
    }
  }

  private void drip(OutputStream out) throws IOException, InterruptedException {
    String head = "HTTP/1.1 200 OK\r\nX-Slow: yes, very slow\r\n";
    for (byte one : head.getBytes(StandardCharsets.US_ASCII)) {
      out.write(one);
      out.flush();
      Thread.sleep(deadlineMs / 10);
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
