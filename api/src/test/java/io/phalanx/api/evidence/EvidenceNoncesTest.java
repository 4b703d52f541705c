package io.phalanx.api.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.attestation.Bytes;
import io.phalanx.scheduler.proof.SigningKey;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvidenceNoncesTest {
  private static final long NOW_MS = 1_768_478_400_000L;

  private final EvidenceNonces nonces = nonces(1, 1);

  private static EvidenceNonces nonces(int key, int seed) {
    byte[] secret = new byte[SigningKey.SEED_BYTES];
    secret[0] = (byte) key;
    return new EvidenceNonces(SigningKey.of(secret), new SplittableRandom(seed));
  }

  @Test
  void areKnownAgainByAnyNodeOfTheSameKeyOnly() {
    Bytes nonce = nonces.issue(NOW_MS);
    assertThat(nonce.length()).isEqualTo(32);
    assertThat(nonces(1, 2).issuedAt(nonce)).hasValue(NOW_MS);
    assertThat(nonces(2, 1).issuedAt(nonce)).isEmpty();
  }

  @Test
  void differWithinAMillisecond() {
    assertThat(nonces.issue(NOW_MS)).isNotEqualTo(nonces.issue(NOW_MS));
  }

  @Test
  void countOnlyToTheBit() {
    byte[] nonce = nonces.issue(NOW_MS).toArray();
    for (int bit = 0; bit < nonce.length * 8; bit++) {
      nonce[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(nonces.issuedAt(Bytes.copyOf(nonce))).as("bit %d", bit).isEmpty();
      nonce[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(nonces.issuedAt(Bytes.copyOf())).isEmpty();
  }
}
