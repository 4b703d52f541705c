package io.phalanx.attestation.verify;

import io.phalanx.attestation.Bytes;
import java.util.SplittableRandom;

/** Bytes with a few things wrong. */
final class Mutants {
  private static final int[] TELLING = {0x00, 0x01, 0x7F, 0x80, 0x81, 0x84, 0xFF, '"', '{', '['};

  private Mutants() {}

  static Bytes of(Bytes original, SplittableRandom random) {
    Bytes mutant = original;
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && mutant.length() > 1; i++) {
      mutant = once(mutant, random);
    }
    return mutant;
  }

  private static Bytes once(Bytes original, SplittableRandom random) {
    int length = original.length();
    int from = random.nextInt(length);
    int to = Math.min(length, from + 1 + random.nextInt(1 << random.nextInt(10)));
    Bytes before = original.slice(0, from);
    Bytes part = original.slice(from, to);
    Bytes after = original.slice(to, length);
    return switch (random.nextInt(5)) {
      case 0 -> before.concat(after);
      case 1 -> before.concat(part).concat(part).concat(after);
      case 2 -> before;
      case 3 -> {
        byte[] telling = original.toArray();
        telling[from] = (byte) TELLING[random.nextInt(TELLING.length)];
        yield Bytes.copyOf(telling);
      }
      default -> {
        byte[] noise = part.toArray();
        random.nextBytes(noise);
        yield before.concat(Bytes.copyOf(noise)).concat(after);
      }
    };
  }
}
