package io.phalanx.api.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Sends bytes as they are, which no HTTP client does, and reads what comes back. */
public final class RawClient implements AutoCloseable {
  private static final int READ_TIMEOUT_MS = 10_000;

  private static final int USUAL_RECEIVE_BYTES = 65_536;

  private final Socket socket;

  /** Connects to a port on loopback. */
  public RawClient(int port) {
    this(port, USUAL_RECEIVE_BYTES);
  }

  /** Connects with a receive buffer of that size, which a slow reader keeps small. */
  public RawClient(int port, int receiveBytes) {
    try {
      socket = new Socket();
      socket.setReceiveBufferSize(receiveBytes);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(READ_TIMEOUT_MS);
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a request and reads one whole answer. */
  public static RawAnswer ask(int port, String request) {
    return ask(port, request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends a request and reads one whole answer. */
  public static RawAnswer ask(int port, byte[] request) {
    try (RawClient client = new RawClient(port)) {
      client.send(request);
      return client.answer();
    }
  }

  /** Sends bytes. */
  public void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends characters, a byte each. */
  public void send(String text) {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Reads the next answer; {@link RawAnswer#NONE} when the connection was closed instead. */
  public RawAnswer answer() {
    try {
      String head = head();
      if (head.isEmpty()) {
        return RawAnswer.NONE;
      }
      RawAnswer answer = RawAnswer.of(head);
      byte[] body = socket.getInputStream().readNBytes(answer.contentLength());
      return answer.withBody(new String(body, StandardCharsets.UTF_8));
    } catch (SocketTimeoutException e) {
      throw new AssertionError("no answer within " + READ_TIMEOUT_MS + " ms", e);
    } catch (SocketException e) {
      return RawAnswer.NONE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads until some text has come, and returns everything read. */
  public String readUntil(String text) {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      while (!read.toString(StandardCharsets.UTF_8).contains(text)) {
        int next = in.read();
        if (next < 0) {
          throw new AssertionError("closed after: " + read.toString(StandardCharsets.UTF_8));
        }
        read.write(next);
      }
      return read.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError("got only: " + read.toString(StandardCharsets.UTF_8), e);
    }
  }

  /** Reads to the end of the connection and counts. */
  public long bytesUntilClose() {
    long count = 0;
    byte[] buffer = new byte[65_536];
    try {
      for (int n = socket.getInputStream().read(buffer); n >= 0; ) {
        count += n;
        n = socket.getInputStream().read(buffer);
      }
      return count;
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open after " + count + " bytes", e);
    } catch (IOException reset) {
      return count;
    }
  }

  /** Whether the other side closes without a byte more, waiting for it. */
  public boolean isClosedByServer() {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
