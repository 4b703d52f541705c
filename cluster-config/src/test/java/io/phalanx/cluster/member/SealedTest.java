package io.phalanx.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedTest {
  private static final String SECRET = "a secret of thirty-two bytes, or so";

  private long nowMs = 1_000_000;

  private Sealed node(String secret, String cell, String name) {
    return new Sealed(ClusterSecret.of(secret), cell, name, () -> Instant.ofEpochMilli(nowMs));
  }

  private final Sealed receiver = node(SECRET, "main", "b");
  private final Buffer sealed = node(SECRET, "main", "a").seal("id-1", 7, "{\"x\":[1,2]}");

  @Nested
  class Open {
    @Test
    void givesBackWhatWasSealed() {
      Sealed.Message message = receiver.open(sealed).orElseThrow();

      assertThat(message.from()).isEqualTo("a");
      assertThat(message.id()).isEqualTo("id-1");
      assertThat(message.epoch()).isEqualTo(7);
      assertThat(message.atMs()).isEqualTo(nowMs);
      assertThat(message.body().path("x").path(1).asInt()).isEqualTo(2);
      assertThat(receiver.dropped()).isZero();
    }

    @Test
    void dropsAndCountsAMessageWithAnyBitFlipped() {
      byte[] bytes = sealed.getBytes();
      for (int bit = 0; bit < bytes.length * 8; bit++) {
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(receiver.open(Buffer.buffer(bytes))).as("bit %d", bit).isEmpty();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
      }
      assertThat(receiver.dropped()).isEqualTo(bytes.length * 8L);
    }

    @Test
    void dropsWhatIsShorterThanACode() {
      for (int length = 0; length <= 40; length++) {
        assertThat(receiver.open(Buffer.buffer(new byte[length]))).isEmpty();
      }
    }

    @Test
    void dropsAMessageUnderAnotherSecret() {
      assertThat(node(SECRET + "!", "main", "b").open(sealed)).isEmpty();
    }

    @Test
    void dropsAMessageOfAnotherCell() {
      assertThat(node(SECRET, "other", "b").open(sealed)).isEmpty();
    }

    @Test
    void dropsAMessageOfLongAgoOrFarAhead() {
      nowMs += Sealed.MAX_AGE_MS;
      assertThat(receiver.open(sealed)).isPresent();
      nowMs++;
      assertThat(receiver.open(sealed)).isEmpty();
      nowMs -= 2 * Sealed.MAX_AGE_MS + 2;
      assertThat(receiver.open(sealed)).isEmpty();
    }
  }

  @Nested
  class Secret {
    @TempDir Path folder;

    @Test
    void isReadWithoutTheSpaceAroundIt() throws IOException {
      Path file = Files.writeString(folder.resolve("secret"), "\n " + SECRET + " \n");
      Sealed other =
          new Sealed(ClusterSecret.read(file), "main", "c", () -> Instant.ofEpochMilli(nowMs));

      assertThat(other.open(sealed)).isPresent();
    }

    @Test
    void isNotShort() throws IOException {
      Path file = Files.writeString(folder.resolve("secret"), "s".repeat(31));

      assertThatThrownBy(() -> ClusterSecret.read(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("32");
    }

    @Test
    void isAFile() {
      assertThatThrownBy(() -> ClusterSecret.read(folder.resolve("none")))
          .isInstanceOf(UncheckedIOException.class);
    }
  }
}
