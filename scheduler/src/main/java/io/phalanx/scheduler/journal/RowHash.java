package io.phalanx.scheduler.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash of a row: SHA-256 over these fields in this order, each as its length in bytes (4 bytes,
 * big-endian) and then its bytes.
 *
 * <ol>
 *   <li>{@code phalanx-journal-row-1}, UTF-8
 *   <li>cell, UTF-8
 *   <li>first, last, epoch: 8 bytes each, big-endian
 *   <li>node, UTF-8
 *   <li>hash of the row before: 32 bytes; all zero in the genesis, which refers to itself
 *   <li>recordedAtMs: 8 bytes, big-endian
 *   <li>body
 * </ol>
 *
 * The lengths make the encoding unambiguous: no two different rows have the same input.
 */
final class RowHash {
  private static final byte[] TAG = "phalanx-journal-row-1".getBytes(UTF_8);
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(RowHash::digest);

  private RowHash() {}

  /** The hash that a row with these contents has in this cell; its own {@code hash} is not read. */
  static Hash of(String cell, JournalRow row) {
    byte[] cellName = cell.getBytes(UTF_8);
    byte[] node = row.node().getBytes(UTF_8);
    Hash prev = row.isGenesis() ? Hash.ZERO : row.prevHash();
    int fields = 9;
    int fixed = TAG.length + 4 * Long.BYTES + Hash.LENGTH;
    ByteBuffer header =
        ByteBuffer.allocate(fields * Integer.BYTES + fixed + cellName.length + node.length);
    put(header, TAG);
    put(header, cellName);
    put(header, row.first());
    put(header, row.last());
    put(header, row.epoch());
    put(header, node);
    put(header, prev.toBytes());
    put(header, row.recordedAtMs());
    header.putInt(row.body().length);
    MessageDigest sha = SHA_256.get();
    sha.update(header.array());
    return Hash.of(sha.digest(row.body()));
  }

  private static void put(ByteBuffer to, byte[] field) {
    to.putInt(field.length).put(field);
  }

  private static void put(ByteBuffer to, long field) {
    to.putInt(Long.BYTES).putLong(field);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
