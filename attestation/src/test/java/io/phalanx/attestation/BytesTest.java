package io.phalanx.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BytesTest {

  @Test
  void areComparedByContent() {
    Bytes one = Bytes.ofHex("00ff10").orElseThrow();
    assertThat(one).isEqualTo(Bytes.copyOf((byte) 0, (byte) -1, (byte) 16));
    assertThat(one).hasSameHashCodeAs(Bytes.ofHex("00FF10").orElseThrow());
    assertThat(one).isNotEqualTo(Bytes.ofHex("00ff11").orElseThrow());
    assertThat(one.at(1)).isEqualTo(255);
  }

  @Test
  void cannotBeChangedFromOutside() {
    byte[] given = {1, 2};
    Bytes kept = Bytes.copyOf(given);
    given[0] = 9;
    kept.toArray()[1] = 9;
    assertThat(kept.hex()).isEqualTo("0102");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0g", "0x00", " 00", "٠٠"})
  void areNotReadFromAnythingButHexadecimalDigits(String text) {
    assertThat(Bytes.ofHex(text)).isEmpty();
  }

  @Test
  void areCutAndJoined() {
    Bytes all = Bytes.utf8("abcdef");
    assertThat(all.slice(0, 2).concat(all.slice(2, 6))).isEqualTo(all);
    assertThat(all.slice(1, 3).latin1()).isEqualTo("bc");
    assertThat(Bytes.copyOf(new byte[3]).isZero()).isTrue();
    assertThat(all.isZero()).isFalse();
  }

  @Test
  void areHashed() {
    String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertThat(Bytes.utf8("abc").sha256().hex()).isEqualTo(abc);
    assertThat(Bytes.utf8("xabcx").sha256(1, 4).hex()).isEqualTo(abc);
  }
}
