package io.phalanx.scheduler.merkle;

import io.phalanx.scheduler.journal.Hash;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * The hashes of RFC 9162 §2.1.1 with SHA-256. Leaves and nodes begin with different bytes, so that
 * neither can be passed off as the other.
 */
public final class TreeHash {

  /** The root of the tree without leaves. */
  public static final Hash EMPTY = Hash.of(sha256().digest());

  private static final byte LEAF = 0;
  private static final byte NODE = 1;
  private static final int NODE_BYTES = 1 + 2 * Hash.LENGTH;

  private TreeHash() {}

  /** The hash of a leaf with these bytes. */
  public static Hash ofLeaf(byte[] leaf) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    return Hash.of(digest.digest(leaf));
  }

  /** The hash of the node above these two. */
  public static Hash ofNode(Hash left, Hash right) {
    return over(List.of(left, right));
  }

  /**
   * The root over neighbours, of which all but the last stand for equally many leaves, a power of
   * two.
   *
   * @param hashes at least one
   */
  static Hash over(List<Hash> hashes) {
    byte[] row = new byte[hashes.size() * Hash.LENGTH];
    ByteBuffer buffer = ByteBuffer.wrap(row);
    hashes.forEach(hash -> hash.putInto(buffer));
    try {
      return Hash.of(top(row, hashes.size()));
    } catch (DigestException e) {
      throw new IllegalStateException("a digest of SHA-256 has 32 bytes", e);
    }
  }

  /**
   * Folds a row into the one above it, in its place, until one hash is left. The last of an odd
   * number stands for fewer leaves than the others and goes up as it is.
   */
  private static byte[] top(byte[] row, int hashes) throws DigestException {
    MessageDigest digest = sha256();
    byte[] node = new byte[NODE_BYTES];
    node[0] = NODE;
    for (int count = hashes; count > 1; count = (count + 1) / 2) {
      for (int i = 0; i < count / 2; i++) {
        System.arraycopy(row, 2 * i * Hash.LENGTH, node, 1, 2 * Hash.LENGTH);
        digest.update(node);
        digest.digest(row, i * Hash.LENGTH, Hash.LENGTH);
      }
      if (count % 2 == 1) {
        System.arraycopy(row, (count - 1) * Hash.LENGTH, row, count / 2 * Hash.LENGTH, Hash.LENGTH);
      }
    }
    return Arrays.copyOf(row, Hash.LENGTH);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
