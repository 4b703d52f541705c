package io.phalanx.attestation.authority;

import io.phalanx.attestation.Bytes;
import java.time.Instant;
import java.util.List;

/**
 * What a revocation list is to say.
 *
 * @param issuer its issuer's common name
 * @param from first instant
 * @param to last instant
 * @param revoked serial numbers
 * @param issuerKey who signs it
 * @param isPartial whether a critical extension says that it is not of everything
 */
public record CrlOrder(
    String issuer,
    Instant from,
    Instant to,
    List<Long> revoked,
    Signer issuerKey,
    boolean isPartial) {

  /** With other times. */
  public CrlOrder within(Instant first, Instant last) {
    return new CrlOrder(issuer, first, last, revoked, issuerKey, isPartial);
  }

  /** That revokes one. */
  public CrlOrder revoking(long serial) {
    return new CrlOrder(issuer, from, to, List.of(serial, 77L), issuerKey, isPartial);
  }

  /** Signed by another. */
  public CrlOrder signedBy(Signer other) {
    return new CrlOrder(issuer, from, to, revoked, other, isPartial);
  }

  /** Of another's name. */
  public CrlOrder issuedBy(String other) {
    return new CrlOrder(other, from, to, revoked, issuerKey, isPartial);
  }

  /** That says it is not of everything. */
  public CrlOrder partial() {
    return new CrlOrder(issuer, from, to, revoked, issuerKey, true);
  }

  /** The list, DER. */
  public Bytes issue() {
    Bytes empty = Bytes.copyOf();
    Bytes entries =
        Der.join(
            revoked.stream()
                .map(serial -> Der.sequence(Der.integer(serial), Der.time(from), reason()))
                .toArray(Bytes[]::new));
    Bytes extension =
        isPartial
            ? Der.sequence(Der.oid("2.5.29.28"), Der.bool(true), Der.octets(Der.sequence()))
            : Der.sequence(Der.oid("2.5.29.20"), Der.octets(Der.integer(1)));
    Bytes signed =
        Der.sequence(
            Der.integer(1),
            issuerKey.algorithm(),
            Der.name(issuer),
            Der.time(from),
            Der.time(to),
            revoked.isEmpty() ? empty : Der.element(0x30, entries),
            Der.element(0xA0, Der.sequence(extension)));
    return Der.sequence(signed, issuerKey.algorithm(), Der.bits(issuerKey.signDer(signed)));
  }

  private static Bytes reason() {
    Bytes keyCompromise = Der.octets(Der.element(0x0A, Bytes.copyOf((byte) 1)));
    return Der.sequence(Der.sequence(Der.oid("2.5.29.21"), keyCompromise));
  }
}
