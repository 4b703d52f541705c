package io.phalanx.attestation.dcap;

import static io.phalanx.attestation.RejectReason.QUOTE_IS_MALFORMED;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectedException;

/** Reads little-endian fields from front to back, and never past the end. */
final class QuoteReader {
  private final Bytes all;
  private final int end;
  private int at;

  private QuoteReader(Bytes all, int from, int end) {
    this.all = all;
    this.at = from;
    this.end = end;
  }

  static QuoteReader of(Bytes all) {
    return new QuoteReader(all, 0, all.length());
  }

  /** Where it stands. */
  int at() {
    return at;
  }

  Bytes take(long length) throws RejectedException {
    int from = at;
    skip(length);
    return all.slice(from, at);
  }

  /** A reader of so many bytes, which this one passes over. */
  QuoteReader part(long length) throws RejectedException {
    int from = at;
    skip(length);
    return new QuoteReader(all, from, at);
  }

  void skip(long length) throws RejectedException {
    if (length > end - at) {
      throw new RejectedException(
          QUOTE_IS_MALFORMED,
          "The quote has " + (end - at) + " bytes left at " + at + " where " + length + " follow.");
    }
    at += (int) length;
  }

  int u16() throws RejectedException {
    Bytes two = take(2);
    return two.at(0) | two.at(1) << 8;
  }

  long u32() throws RejectedException {
    return u16() | (long) u16() << 16;
  }

  /** All that is left. */
  Bytes rest() throws RejectedException {
    return take(end - at);
  }

  /** Refuses anything that is left. */
  void end() throws RejectedException {
    if (at != end) {
      throw new RejectedException(
          QUOTE_IS_MALFORMED, "The quote goes on after its last field, at byte " + at + ".");
    }
  }
}
