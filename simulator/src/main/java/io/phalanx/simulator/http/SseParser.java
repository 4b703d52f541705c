package io.phalanx.simulator.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a byte stream, however it is split, into server-sent events (WHATWG HTML §9.2.6). */
final class SseParser {
  private final Consumer<ServerEvent> events;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1_024);
  private final ByteArrayOutputStream data = new ByteArrayOutputStream(1_024);
  private boolean hasData;
  private boolean afterReturn;
  private String kind = "";
  private String id = "";

  SseParser(Consumer<ServerEvent> events) {
    this.events = events;
  }

  void feed(Buffer chunk) {
    byte[] bytes = chunk.getBytes();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b == '\n' || b == '\r') {
        line.write(bytes, start, i - start);
        start = i + 1;
        endOfLine(b);
      } else {
        afterReturn = false;
      }
    }
    line.write(bytes, start, bytes.length - start);
  }

  private void endOfLine(byte end) {
    boolean secondHalf = end == '\n' && afterReturn && line.size() == 0;
    afterReturn = end == '\r';
    if (!secondHalf) {
      byte[] whole = line.toByteArray();
      line.reset();
      field(whole);
    }
  }

  private void field(byte[] text) {
    if (text.length == 0) {
      dispatch();
      return;
    }
    int colon = 0;
    while (colon < text.length && text[colon] != ':') {
      colon++;
    }
    int value = colon + 1 < text.length && text[colon + 1] == ' ' ? colon + 2 : colon + 1;
    value = Math.min(value, text.length);
    switch (string(text, 0, colon)) {
      case "data" -> addData(text, value);
      case "event" -> kind = string(text, value, text.length);
      case "id" -> id = string(text, value, text.length);
      default -> {
        // comments, retry and unknown fields mean nothing here
      }
    }
  }

  private void addData(byte[] text, int from) {
    if (hasData) {
      data.write('\n');
    }
    data.write(text, from, text.length - from);
    hasData = true;
  }

  private void dispatch() {
    if (hasData) {
      events.accept(new ServerEvent(id, kind, data.toString(StandardCharsets.UTF_8)));
    }
    data.reset();
    hasData = false;
    kind = "";
  }

  private static String string(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }
}
