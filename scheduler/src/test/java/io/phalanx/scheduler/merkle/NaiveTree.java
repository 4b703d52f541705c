package io.phalanx.scheduler.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The recursive definitions of RFC 9162 §2.1, word for word and on all leaves at once; shares
 * nothing with what it checks. D[a:b] is a sub-list.
 */
final class NaiveTree {
  private NaiveTree() {}

  /** MTH. */
  static byte[] root(List<byte[]> d) {
    int n = d.size();
    if (n == 0) {
      return sha256();
    }
    if (n == 1) {
      return sha256(new byte[] {0}, d.get(0));
    }
    int k = largestPowerOfTwoBelow(n);
    return sha256(new byte[] {1}, root(d.subList(0, k)), root(d.subList(k, n)));
  }

  /** PATH(m, D_n). */
  static List<byte[]> path(int m, List<byte[]> d) {
    int n = d.size();
    if (n == 1) {
      return new ArrayList<>();
    }
    int k = largestPowerOfTwoBelow(n);
    List<byte[]> path = m < k ? path(m, d.subList(0, k)) : path(m - k, d.subList(k, n));
    path.add(root(m < k ? d.subList(k, n) : d.subList(0, k)));
    return path;
  }

  /** PROOF(m, D_n). */
  static List<byte[]> proof(int m, List<byte[]> d) {
    return subproof(m, d, true);
  }

  private static List<byte[]> subproof(int m, List<byte[]> d, boolean b) {
    int n = d.size();
    if (m == n) {
      return b ? new ArrayList<>() : new ArrayList<>(List.of(root(d)));
    }
    int k = largestPowerOfTwoBelow(n);
    if (m <= k) {
      List<byte[]> proof = subproof(m, d.subList(0, k), b);
      proof.add(root(d.subList(k, n)));
      return proof;
    }
    List<byte[]> proof = subproof(m - k, d.subList(k, n), false);
    proof.add(root(d.subList(0, k)));
    return proof;
  }

  /**
   * The root that PATH leads to, by undoing its definition from the top.
   *
   * @throws IllegalArgumentException if it is no path of that leaf
   */
  static byte[] rootFromPath(byte[] leafHash, long m, long n, List<byte[]> path) {
    if (n == 1) {
      require(path.isEmpty());
      return leafHash;
    }
    require(!path.isEmpty());
    byte[] top = path.get(path.size() - 1);
    List<byte[]> rest = path.subList(0, path.size() - 1);
    long k = Long.highestOneBit(n - 1);
    return m < k
        ? sha256(new byte[] {1}, rootFromPath(leafHash, m, k, rest), top)
        : sha256(new byte[] {1}, top, rootFromPath(leafHash, m - k, n - k, rest));
  }

  /**
   * Both roots that PROOF leads to, by undoing its definition.
   *
   * @throws IllegalArgumentException if it is no proof between those sizes
   */
  static byte[][] rootsFromProof(byte[] firstRoot, long m, long n, List<byte[]> proof) {
    return undo(firstRoot, m, n, proof, true);
  }

  private static byte[][] undo(byte[] known, long m, long n, List<byte[]> proof, boolean b) {
    if (m == n) {
      require(proof.size() == (b ? 0 : 1));
      byte[] whole = b ? known : proof.get(0);
      return new byte[][] {whole, whole};
    }
    require(!proof.isEmpty());
    byte[] top = proof.get(proof.size() - 1);
    List<byte[]> rest = proof.subList(0, proof.size() - 1);
    long k = Long.highestOneBit(n - 1);
    byte[] node = {1};
    if (m <= k) {
      byte[][] below = undo(known, m, k, rest, b);
      return new byte[][] {below[0], sha256(node, below[1], top)};
    }
    byte[][] below = undo(known, m - k, n - k, rest, false);
    return new byte[][] {sha256(node, top, below[0]), sha256(node, top, below[1])};
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw new IllegalArgumentException("the proof is too long or too short");
    }
  }

  static boolean includes(byte[] leaf, long m, long n, List<byte[]> path, byte[] root) {
    return Arrays.equals(rootFromPath(sha256(new byte[] {0}, leaf), m, n, path), root);
  }

  private static int largestPowerOfTwoBelow(int n) {
    int k = 1;
    while (2 * k < n) {
      k *= 2;
    }
    return k;
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
