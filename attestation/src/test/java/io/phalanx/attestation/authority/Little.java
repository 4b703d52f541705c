package io.phalanx.attestation.authority;

import io.phalanx.attestation.Bytes;

/** Little-endian numbers. */
public final class Little {
  private Little() {}

  /** Two bytes. */
  public static Bytes u16(int value) {
    return Bytes.copyOf((byte) value, (byte) (value >> 8));
  }

  /** Four bytes. */
  public static Bytes u32(int value) {
    return u16(value & 0xFFFF).concat(u16(value >>> 16));
  }

  /** Writes over what is there. */
  public static void put(byte[] into, int at, Bytes what) {
    System.arraycopy(what.toArray(), 0, into, at, what.length());
  }
}
