package io.phalanx.scheduler.merkle;

import io.phalanx.scheduler.journal.Hash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

  private TreeHash() {}

  /** The hash of a leaf with these bytes. */
  public static Hash ofLeaf(byte[] leaf) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    return Hash.of(digest.digest(leaf));
  }

  /** The hash of the node above these two. */
  public static Hash ofNode(Hash left, Hash right) {
    MessageDigest digest = sha256();
    digest.update(NODE);
    digest.update(left.toBytes());
    return Hash.of(digest.digest(right.toBytes()));
  }

  /**
   * The root over neighbours, of which all but the last stand for equally many leaves, a power of
   * two.
   *
   * @param hashes at least one
   */
  static Hash over(List<Hash> hashes) {
    int size = hashes.size();
    if (size == 1) {
      return hashes.get(0);
    }
    int left = Integer.highestOneBit(size - 1);
    return ofNode(over(hashes.subList(0, left)), over(hashes.subList(left, size)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
