package io.phalanx.scheduler.merkle;

import io.phalanx.scheduler.journal.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What a forger might try. */
final class Tampering {
  private Tampering() {}

  /** The hash with one bit flipped. */
  static Hash of(Hash hash, SplittableRandom random) {
    byte[] bytes = hash.toBytes();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return Hash.of(bytes);
  }

  /** The path with a bit flipped, a hash left out or added, or two in the wrong order. */
  static List<Hash> of(List<Hash> path, SplittableRandom random) {
    List<Hash> forged = new ArrayList<>(path);
    int kind = path.size() < 2 ? 2 : random.nextInt(4);
    int at = path.isEmpty() ? 0 : random.nextInt(path.size());
    switch (kind) {
      case 0 -> forged.set(at, of(path.get(at), random));
      case 1 -> forged.remove(at);
      case 2 -> forged.add(at, of(TreeHash.EMPTY, random));
      default -> {
        int other = (at + 1) % path.size();
        forged.set(at, path.get(other));
        forged.set(other, path.get(at));
      }
    }
    return forged;
  }
}
