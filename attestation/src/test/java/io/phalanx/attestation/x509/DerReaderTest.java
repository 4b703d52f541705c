package io.phalanx.attestation.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.authority.Der;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DerReaderTest {

  private static DerReader read(String hex) {
    return read(Bytes.ofHex(hex).orElseThrow());
  }

  private static DerReader read(Bytes der) {
    return DerReader.of(der, RejectReason.CERTIFICATE_IS_MALFORMED);
  }

  @Nested
  class Length {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536, 70_000})
    void isReadInItsShortestForm(int length) throws RejectedException {
      Bytes content = Bytes.copyOf(new byte[length]);
      DerReader reader = read(Der.octets(content));
      assertThat(reader.content(DerReader.OCTET_STRING)).isEqualTo(content);
      assertThat(reader.isAtEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "04", // missing
          "0401", // longer than its parent
          "0480", // indefinite
          "048101ff", // not the shortest: one byte for 1
          "04820001ff", // not the shortest: a leading zero
          "04840000000100", // four bytes of length
          "04ff"
        })
    void inAnyOtherFormIsRefused(String hex) {
      assertThatThrownBy(() -> read(hex).content(DerReader.OCTET_STRING))
          .isInstanceOf(RejectedException.class);
    }
  }

  @Nested
  class Count {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 255, 256, -1, -128, Long.MAX_VALUE})
    void isReadWithItsSign(long value) throws RejectedException {
      assertThat(read(Der.integer(value)).integer()).isEqualTo(BigInteger.valueOf(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0200", "02020001", "0202ff80"})
    void inAnyOtherFormIsRefused(String hex) {
      assertThatThrownBy(() -> read(hex).integer()).isInstanceOf(RejectedException.class);
    }

    @Test
    void hasABound() {
      Bytes tooLong = Der.element(DerReader.INTEGER, Bytes.copyOf(new byte[514]));
      assertThatThrownBy(() -> read(tooLong).integer()).isInstanceOf(RejectedException.class);
      assertThatThrownBy(() -> read(Der.integer(256)).smallInteger(255))
          .isInstanceOf(RejectedException.class);
      assertThatThrownBy(() -> read(Der.integer(-1)).smallInteger(255))
          .isInstanceOf(RejectedException.class);
    }
  }

  @Nested
  class Time {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "1950-01-01T00:00:00Z",
          "1999-12-31T23:59:59Z",
          "2000-02-29T12:00:00Z",
          "2049-12-31T23:59:59Z",
          "2050-01-01T00:00:00Z"
        })
    void isReadInBothForms(String text) throws RejectedException {
      Instant at = Instant.parse(text);
      assertThat(read(Der.time(at)).time()).isEqualTo(at);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "260230000000Z",
          "260101250000Z",
          "2601010000Z",
          "260101000000+0000",
          "26010100000aZ",
          "",
          "Z"
        })
    void inAnyOtherFormIsRefused(String text) {
      Bytes der = Der.element(DerReader.UTC_TIME, Bytes.utf8(text));
      assertThatThrownBy(() -> read(der).time()).isInstanceOf(RejectedException.class);
    }
  }

  @Nested
  class Flag {
    @Test
    void isOneOfTwo() throws RejectedException {
      assertThat(read("0101ff").booleanValue()).isTrue();
      assertThat(read("010100").booleanValue()).isFalse();
      assertThatThrownBy(() -> read("010101").booleanValue()).isInstanceOf(RejectedException.class);
    }
  }

  @Nested
  class Structure {
    @Test
    void keepsEachElementInItsParent() throws RejectedException {
      DerReader outer = read(Der.sequence(Der.sequence(Der.integer(1)), Der.integer(2)));
      DerReader list = outer.enter(DerReader.SEQUENCE);
      DerReader inner = list.enter(DerReader.SEQUENCE);
      assertThat(inner.integer()).isEqualTo(BigInteger.ONE);
      inner.end();
      assertThat(list.integer()).isEqualTo(BigInteger.TWO);
      list.end();
      outer.end();
    }

    @Test
    void refusesWhatIsLeftOver() {
      assertThatThrownBy(() -> read("0500").end())
          .isInstanceOf(RejectedException.class)
          .hasMessageContaining("follows");
    }

    @Test
    void refusesAnotherTag() {
      assertThatThrownBy(() -> read("0500").enter(DerReader.SEQUENCE))
          .isInstanceOf(RejectedException.class)
          .hasMessageContaining("missing");
    }

    @Test
    void isAsDeepAsItIsAskedForAndNoDeeper() throws RejectedException {
      Bytes nested = Bytes.copyOf();
      for (int i = 0; i < 5_000; i++) {
        nested = Der.sequence(nested);
      }
      DerReader outer = read(nested);
      assertThat(outer.whole(DerReader.SEQUENCE)).isEqualTo(nested);
      outer.end();
    }
  }
}
