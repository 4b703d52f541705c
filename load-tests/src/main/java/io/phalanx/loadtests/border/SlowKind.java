package io.phalanx.loadtests.border;

import java.nio.charset.StandardCharsets;

/** How a client is slow. */
enum SlowKind {
  /** Its headers never end. */
  HEADERS("GET /v1/network HTTP/1.1\r\nHost: localhost\r\n", "A: b\r\n"),

  /** Its body comes byte by byte. */
  BODY(
      "POST /v1/accounts/slow/deposits HTTP/1.1\r\nHost: localhost\r\n"
          + "Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{",
      " "),

  /** It asks for long lists, one behind the other, and reads none. */
  LIST("GET /v1/miners?limit=500 HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(16), ""),

  /** It asks for all that ever happened as a stream, and does not read it. */
  STREAM("GET /v1/events?after=0.x HTTP/1.1\r\nHost: localhost\r\n\r\n", "");

  private final String opening;
  private final String piece;

  SlowKind(String opening, String piece) {
    this.opening = opening;
    this.piece = piece;
  }

  /** What it sends at once. */
  byte[] opening() {
    return opening.getBytes(StandardCharsets.US_ASCII);
  }

  /** What it sends now and then; empty for nothing. */
  byte[] piece() {
    return piece.getBytes(StandardCharsets.US_ASCII);
  }
}
