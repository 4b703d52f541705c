package io.phalanx.scheduler.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.scheduler.proof.SigningKey;
import io.phalanx.scheduler.proof.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

  /** The key of RFC 8410 §10.3, as OpenSSL writes it. */
  private static final String KNOWN =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
      -----END PRIVATE KEY-----
      """;

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("keys").resolve(KeyFile.FILE);
  }

  private Path write(String text, String permissions) throws IOException {
    Path file = folder.resolve("given.pem");
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Nested
  class Open {
    @Test
    void makesAKeyOnceAndForItsOwnerOnly() throws IOException {
      SigningKey made = KeyFile.open(file(), new Random(1)).oldest();
      assertThat(KeyFile.open(file(), new Random(2)).oldest().keyId()).isEqualTo(made.keyId());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
          .isEqualTo("rw-------");
      try (var files = Files.list(file().getParent())) {
        assertThat(files).containsExactly(file());
      }
    }

    @Test
    void readsWhatOthersWrite() throws IOException {
      SigningKey known = KeyFile.open(write(KNOWN, "r--------"), new Random(1)).oldest();
      assertThat(known.keyId())
          .isEqualTo("19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1");
    }

    @Test
    void readsAKeyAndThoseThatFollowIt() throws IOException {
      String first = Files.readString(made("first"));
      String last = Files.readString(made("last"));
      String text =
          first
              + "valid-from: 2026-12-01T00:00:00Z\n"
              + KNOWN
              + "\n\nvalid-from: 2027-01-01T00:00:00.001Z\n"
              + last;
      SigningKeys keys = KeyFile.open(write(text, "rw-------"), new Random(1));
      long december = Instant.parse("2026-12-01T00:00:00Z").toEpochMilli();
      long january = Instant.parse("2027-01-01T00:00:00.001Z").toEpochMilli();
      String known = "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";
      assertThat(keys.at(december - 1).keyId())
          .isEqualTo(keys.oldest().keyId())
          .isNotEqualTo(known);
      assertThat(keys.at(december).keyId()).isEqualTo(known);
      assertThat(keys.at(january - 1).keyId()).isEqualTo(known);
      assertThat(keys.at(january).keyId()).isEqualTo(keys.keys().get(2).key().keyId());
    }

    private Path made(String name) {
      Path file = folder.resolve(name);
      KeyFile.open(file, new Random(name.hashCode()));
      return file;
    }

    @Test
    void refusesKeysWithoutAnOrder() throws IOException {
      String other = Files.readString(made("other"));
      String later = "valid-from: 2026-12-01T00:00:00Z\n" + other;
      for (String text :
          new String[] {
            KNOWN + other, // no time
            later, // the first is valid for ever
            KNOWN + "valid-from: tomorrow\n" + other,
            KNOWN + "note: mine\n" + later,
            KNOWN + "valid-from: 2026-12-01T00:00:00Z\n" + KNOWN,
            KNOWN + later + "valid-from: 2026-12-01T00:00:00Z\n" + Files.readString(made("third")),
            KNOWN + later + "more",
            KNOWN + later.replace("-----END PRIVATE KEY-----", "")
          }) {
        Path wrong = write(text, "rw-------");
        assertThatThrownBy(() -> KeyFile.open(wrong, new Random(1)))
            .as(text)
            .isInstanceOf(ReceiptsFailedException.class);
      }
    }

    @Test
    void refusesAFileThatOthersMayRead() throws IOException {
      Path open = write(KNOWN, "rw-r--r--");
      assertThatThrownBy(() -> KeyFile.open(open, new Random(1)))
          .isInstanceOf(ReceiptsFailedException.class)
          .hasMessageContaining("0600");
    }

    @Test
    void refusesWhatIsNoEd25519Key() throws IOException {
      for (String text : new String[] {"", "x", KNOWN.replace("MC4C", "MC4D")}) {
        Path wrong = write(text, "rw-------");
        assertThatThrownBy(() -> KeyFile.open(wrong, new Random(1)))
            .isInstanceOf(ReceiptsFailedException.class);
      }
    }
  }
}
