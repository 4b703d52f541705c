package io.phalanx.attestation.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.authority.DcapForge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PemTest {
  private static final String CHAIN = DcapForge.sgx().pckChain();

  @Test
  void readsOneAfterTheOther() throws RejectedException {
    assertThat(Pem.certificates(CHAIN))
        .extracting(Certificate::commonName)
        .containsExactly("Intel SGX PCK Certificate", "Intel SGX PCK Platform CA", "Test Root CA");
    assertThat(Pem.certificates("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n\n", "\u0000", " \r\n\t", "\n\u0000\u0000"})
  void passesOverBlanksAroundThem(String blank) throws RejectedException {
    assertThat(Pem.certificates(blank + CHAIN + blank)).hasSize(3);
  }

  @Test
  void readsLinesOfBothKinds() throws RejectedException {
    assertThat(Pem.certificates(CHAIN.replace("\n", "\r\n"))).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE----------END CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"
      })
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> Pem.certificates(text)).isInstanceOf(RejectedException.class);
    assertThatThrownBy(() -> Pem.certificates(CHAIN + text)).isInstanceOf(RejectedException.class);
  }

  @Test
  void hasABound() {
    assertThatThrownBy(() -> Pem.certificates(CHAIN + CHAIN))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("4 or fewer");
    assertThatThrownBy(() -> Pem.certificates(" ".repeat(32_769)))
        .isInstanceOf(RejectedException.class);
  }
}
