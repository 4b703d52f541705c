package io.phalanx.attestation.x509;

import static io.phalanx.attestation.RejectReason.CERTIFICATE_IS_EXPIRED;
import static io.phalanx.attestation.RejectReason.CERTIFICATE_IS_NOT_YET_VALID;

import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.RejectedException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Certificates whose signatures lead to the trusted root. Whether they count at some time, and
 * whether one was revoked, is asked later.
 *
 * @param certificates the leaf first, then its authority if it has one below the root, then the
 *     root if it came along
 * @param belowRoot how many are not the root
 */
public record Chain(List<Certificate> certificates, int belowRoot) {

  private static final Set<String> PLATFORM_AUTHORITIES =
      Set.of("Intel SGX PCK Platform CA", "Intel SGX PCK Processor CA");

  /** Copies the list. */
  public Chain {
    certificates = List.copyOf(certificates);
  }

  /**
   * That of a platform: its certificate (PCK), the authority, and perhaps the root.
   *
   * @throws RejectedException {@code PCK_CHAIN_IS_INVALID}
   */
  public static Chain ofPlatform(List<Certificate> certificates, EcdsaKey root)
      throws RejectedException {
    return of(certificates, root, RejectReason.PCK_CHAIN_IS_INVALID, 2);
  }

  /**
   * That of the signer of collateral: its certificate, and perhaps the root.
   *
   * @throws RejectedException {@code SIGNING_CHAIN_IS_INVALID}
   */
  public static Chain ofSigner(List<Certificate> certificates, EcdsaKey root)
      throws RejectedException {
    return of(certificates, root, RejectReason.SIGNING_CHAIN_IS_INVALID, 1);
  }

  private static Chain of(
      List<Certificate> certificates, EcdsaKey root, RejectReason invalid, int belowRoot)
      throws RejectedException {
    int count = certificates.size();
    if (count != belowRoot && count != belowRoot + 1) {
      throw new RejectedException(invalid, "The chain has " + count + " certificates.");
    }
    Chain chain = new Chain(certificates, belowRoot);
    chain.requireRoles(invalid);
    chain.requireRoot(new PublicKey.Ec(root), invalid);
    for (int i = 0; i + 1 < count; i++) {
      if (!certificates.get(i).isIssuedBy(certificates.get(i + 1))) {
        throw new RejectedException(
            invalid, "Certificate " + (i + 1) + " was not issued by the next one.");
      }
    }
    return chain;
  }

  /** The names tell the roles apart: a platform's key must never pass for Intel's signer. */
  private void requireRoles(RejectReason invalid) throws RejectedException {
    String leafName = belowRoot == 1 ? "Intel SGX TCB Signing" : "Intel SGX PCK Certificate";
    if (!leaf().commonName().equals(leafName) || !leaf().signer()) {
      throw new RejectedException(invalid, "The first certificate is not of " + leafName + ".");
    }
    if (belowRoot == 2 && !PLATFORM_AUTHORITIES.contains(authority().commonName())) {
      throw new RejectedException(
          invalid, "The second certificate is not of an authority for platforms.");
    }
  }

  private void requireRoot(PublicKey root, RejectReason invalid) throws RejectedException {
    Certificate last = certificates.get(certificates.size() - 1);
    boolean isRootItself = certificates.size() > belowRoot;
    boolean leadsToRoot =
        isRootItself ? last.key().equals(root) : last.signature().isBy(root, last.signed());
    if (!leadsToRoot) {
      throw new RejectedException(invalid, "The chain does not lead to the trusted root.");
    }
  }

  /** The certificate that all others are there for. */
  public Certificate leaf() {
    return certificates.get(0);
  }

  /** The one that issued the leaf; where the leaf is of the root itself, the leaf. */
  public Certificate authority() {
    return certificates.get(belowRoot - 1);
  }

  /** Refuses a time at which one of them does not count. */
  public void requireValidAt(Instant at) throws RejectedException {
    for (Certificate certificate : certificates) {
      if (certificate.validity().isAfter(at)) {
        throw new RejectedException(
            CERTIFICATE_IS_NOT_YET_VALID,
            "A certificate counts from " + certificate.validity().from() + " only.");
      }
      if (certificate.validity().isBefore(at)) {
        throw new RejectedException(
            CERTIFICATE_IS_EXPIRED, "A certificate ended at " + certificate.validity().to() + ".");
      }
    }
  }

  /** Until when all of them count. */
  public Instant validTo() {
    Instant earliest = leaf().validity().to();
    for (Certificate certificate : certificates) {
      Instant to = certificate.validity().to();
      earliest = to.isBefore(earliest) ? to : earliest;
    }
    return earliest;
  }
}
