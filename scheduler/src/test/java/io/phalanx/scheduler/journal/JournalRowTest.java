package io.phalanx.scheduler.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JournalRowTest {
  private static final Author AUTHOR = new Author("main", 7, "node-1");
  private static final byte[] BODY = "two events".getBytes(UTF_8);

  private static JournalRow row() {
    return JournalRow.seal(AUTHOR, JournalRow.genesis("main").head(), 2, 1_234, BODY);
  }

  @Nested
  class Seal {
    @Test
    void takesThePositionsBehindTheHead() {
      JournalRow second = JournalRow.seal(AUTHOR, row().head(), 3, 1_235, BODY);

      assertThat(List.of(row().first(), row().last())).containsExactly(1L, 2L);
      assertThat(List.of(second.first(), second.last())).containsExactly(3L, 5L);
      assertThat(second.prevHash()).isEqualTo(row().hash());
    }

    @Test
    void leavesOutPositionsUpToTheOneThatIsGiven() {
      JournalRow wide = JournalRow.sealTo(AUTHOR, row().head(), 1_000, 1_235, BODY);

      assertThat(List.of(wide.first(), wide.last())).containsExactly(3L, 1_000L);
      assertThat(JournalRow.seal(AUTHOR, wide.head(), 1, 1_236, BODY).first()).isEqualTo(1_001);
      assertThatThrownBy(() -> JournalRow.sealTo(AUTHOR, row().head(), 2, 1_235, BODY))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hashesTheDocumentedEncoding() throws IOException, NoSuchAlgorithmException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      writeField(out, "phalanx-journal-row-1".getBytes(UTF_8));
      writeField(out, "main".getBytes(UTF_8));
      for (long number : new long[] {1, 2, 7}) {
        out.writeInt(8);
        out.writeLong(number);
      }
      writeField(out, "node-1".getBytes(UTF_8));
      writeField(out, JournalRow.genesis("main").hash().toBytes());
      out.writeInt(8);
      out.writeLong(1_234);
      writeField(out, BODY);

      byte[] expected = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
      assertThat(row().hash()).isEqualTo(Hash.of(expected));
    }

    @Test
    void keepsTheHashThatOldJournalsHave() {
      assertThat(JournalRow.genesis("main").hash().hex())
          .isEqualTo("3394bbe63b1007ec09c065325f042aae16d8a455c3863c418ebae90451530565");
      assertThat(row().hash().hex())
          .isEqualTo("5069e21afb9c6f8e9c6cc8464c5d9a7b0e599edb3a9378989bc86ac875cad855");
    }

    @Test
    void refusesARowWithoutEvents() {
      JournalHead head = row().head();
      assertThatThrownBy(() -> JournalRow.seal(AUTHOR, head, 0, 1, BODY))
          .isInstanceOf(IllegalArgumentException.class);
    }

    private static void writeField(DataOutputStream out, byte[] field) throws IOException {
      out.writeInt(field.length);
      out.write(field);
    }
  }

  @Nested
  class IsSealedFor {
    @Test
    void isTrueOnlyForTheCellOfTheRow() {
      assertThat(row().isSealedFor("main")).isTrue();
      assertThat(row().isSealedFor("other")).isFalse();
    }

    @Test
    void isFalseWhenAnyFieldDiffers() {
      JournalRow row = row();
      Hash prev = row.prevHash();
      Hash hash = row.hash();
      byte[] other = "Two events".getBytes(UTF_8);

      assertThat(
              List.of(
                  new JournalRow(2, 2, 7, "node-1", prev, hash, 1_234, BODY),
                  new JournalRow(1, 3, 7, "node-1", prev, hash, 1_234, BODY),
                  new JournalRow(1, 2, 8, "node-1", prev, hash, 1_234, BODY),
                  new JournalRow(1, 2, 7, "node-2", prev, hash, 1_234, BODY),
                  new JournalRow(1, 2, 7, "node-1", hash, hash, 1_234, BODY),
                  new JournalRow(1, 2, 7, "node-1", prev, prev, 1_234, BODY),
                  new JournalRow(1, 2, 7, "node-1", prev, hash, 1_235, BODY),
                  new JournalRow(1, 2, 7, "node-1", prev, hash, 1_234, other)))
          .noneMatch(changed -> changed.isSealedFor("main"));
    }

    @Test
    void isTrueForTheGenesisWhichRefersToItself() {
      JournalRow genesis = JournalRow.genesis("main");

      assertThat(genesis.isSealedFor("main")).isTrue();
      assertThat(genesis.prevHash()).isEqualTo(genesis.hash());
      assertThat(genesis).isNotEqualTo(JournalRow.genesis("other"));
    }
  }

  @Nested
  class AHash {
    @Test
    void isTheSameInBytesAndHex() {
      String hex = "00ff".repeat(16);

      assertThat(Hash.parse(hex).hex()).isEqualTo(hex);
      assertThat(Hash.parse(hex).toBytes()).isEqualTo(HexFormat.of().parseHex(hex));
    }

    @Test
    void hasThirtyTwoBytes() {
      assertThatThrownBy(() -> Hash.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Hash.parse("xyz")).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
