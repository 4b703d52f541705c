package io.phalanx.api.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF, and no NUL.
 *
 * <p>Jackson accepts some of these, and guesses UTF-16 or UTF-32 where it sees NUL bytes, so the
 * bytes are checked before it sees them.
 */
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LOW_BITS = 0x0101010101010101L;

  private Utf8() {}

  /** The offset of the first byte that is not part of strict UTF-8; -1 when all are. */
  static int firstFault(byte[] text) {
    int at = 0;
    while (at < text.length) {
      at = skipAscii(text, at);
      if (at >= text.length) {
        return -1;
      }
      int length = sequenceLength(text, at);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return -1;
  }

  private static int skipAscii(byte[] text, int from) {
    int at = from;
    int end = text.length - Long.BYTES;
    while (at <= end) {
      long eight = (long) LONGS.get(text, at);
      boolean nul = ((eight - LOW_BITS) & ~eight & HIGH_BITS) != 0;
      if (nul || (eight & HIGH_BITS) != 0) {
        break;
      }
      at += Long.BYTES;
    }
    while (at < text.length && text[at] > 0) {
      at++;
    }
    return at;
  }

  /** Length of the multi-byte sequence that starts here; 0 when it is no such sequence. */
  private static int sequenceLength(byte[] text, int at) {
    int first = text[at] & 0xFF;
    if (first >= 0xC2 && first <= 0xDF) {
      return continues(text, at + 1, 0x80, 0xBF) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      int low = first == 0xE0 ? 0xA0 : 0x80;
      int high = first == 0xED ? 0x9F : 0xBF;
      return continues(text, at + 1, low, high) && continues(text, at + 2, 0x80, 0xBF) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      int low = first == 0xF0 ? 0x90 : 0x80;
      int high = first == 0xF4 ? 0x8F : 0xBF;
      boolean whole =
          continues(text, at + 1, low, high)
              && continues(text, at + 2, 0x80, 0xBF)
              && continues(text, at + 3, 0x80, 0xBF);
      return whole ? 4 : 0;
    }
    return 0;
  }

  private static boolean continues(byte[] text, int at, int low, int high) {
    if (at >= text.length) {
      return false;
    }
    int value = text[at] & 0xFF;
    return value >= low && value <= high;
  }
}
