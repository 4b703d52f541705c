package io.phalanx.attestation.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.TeeKind;
import io.phalanx.attestation.x509.EcdsaKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Makes DCAP evidence of every kind, from a chain of its own. Whatever a test does not change is as
 * good as evidence can be: tier 1 at {@link #NOW}.
 */
public final class DcapForge {
  /** In the middle of the collateral's time. */
  public static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

  /** When the collateral was issued. */
  public static final Instant ISSUED = Instant.parse(CollateralText.ISSUED);

  /** When newer collateral is due. */
  public static final Instant NEXT = Instant.parse(CollateralText.NEXT);

  /** When certificates begin. */
  public static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");

  /** When certificates end. */
  public static final Instant LAST = Instant.parse("2049-12-31T23:59:59Z");

  /** Serial number of the platform's certificate. */
  public static final long PCK_SERIAL = 4_711;

  /** Serial number of the certificate of the authority for platforms. */
  public static final long CA_SERIAL = 815;

  /** Serial number of the certificate of the collateral's signer. */
  public static final long SIGNER_SERIAL = 42;

  /** Where a body begins in a quote of version 3 and 4. */
  public static final int BODY = 48;

  /** Where a body begins in a quote of version 5. */
  public static final int BODY_V5 = 54;

  /** Certificates that a test may change. */
  public enum Role {
    /** The root's own. */
    ROOT,
    /** Of the authority for platforms. */
    CA,
    /** Of the platform. */
    PCK,
    /** Of the collateral's signer. */
    SIGNER
  }

  /** Revocation lists that a test may change. */
  public enum Lister {
    /** The root. */
    ROOT,
    /** The authority for platforms. */
    CA
  }

  private static final Signer.Ec ROOT_KEY = Signer.Ec.named("root");
  private static final Signer.Ec CA_KEY = Signer.Ec.named("platform authority");
  private static final Signer.Ec PCK_KEY = Signer.Ec.named("platform");
  private static final Signer.Ec SIGNER_KEY = Signer.Ec.named("collateral");
  private static final String ROOT_NAME = "Test Root CA";
  private static final String CA_NAME = "Intel SGX PCK Platform CA";

  private final TeeKind tee;
  private final int version;
  private final boolean isTd15;
  private final Map<Role, UnaryOperator<CertificateOrder>> certificateChanges =
      new EnumMap<>(Role.class);
  private final Map<Lister, UnaryOperator<CrlOrder>> crlChanges = new EnumMap<>(Lister.class);
  private final List<Consumer<ObjectNode>> tcbInfoChanges = new ArrayList<>();
  private final List<Consumer<ObjectNode>> qeIdentityChanges = new ArrayList<>();
  private final List<Consumer<ObjectNode>> collateralChanges = new ArrayList<>();
  private final List<Consumer<byte[]>> signedChanges = new ArrayList<>();
  private final List<Consumer<byte[]>> qeReportChanges = new ArrayList<>();
  private Machine machine = Machine.BEST;
  private Signer.Ec attestationKey = Signer.Ec.named("attestation");
  private Bytes qeData = Bytes.copyOf(new byte[32]);
  private int certificationType = 5;
  private boolean withRoots = true;
  private Bytes tail = Bytes.copyOf();

  private DcapForge(TeeKind tee, int version, boolean isTd15) {
    this.tee = tee;
    this.version = version;
    this.isTd15 = isTd15;
  }

  /** An SGX quote. */
  public static DcapForge sgx() {
    return new DcapForge(TeeKind.SGX, 3, false);
  }

  /** A TDX quote of version 4. */
  public static DcapForge tdx() {
    return new DcapForge(TeeKind.TDX, 4, false);
  }

  /** A TDX quote of version 5 with a body of TDX 1.0. */
  public static DcapForge tdxV5() {
    return new DcapForge(TeeKind.TDX, 5, false);
  }

  /** A TDX quote of version 5 with a body of TDX 1.5. */
  public static DcapForge td15() {
    return new DcapForge(TeeKind.TDX, 5, true);
  }

  /** What trusts this authority. */
  public static EcdsaKey root() {
    return EcdsaKey.of(ROOT_KEY.coordinates()).orElseThrow();
  }

  /** On another machine. */
  public DcapForge on(Machine other) {
    machine = other;
    return this;
  }

  /** Changes a certificate. */
  public DcapForge certificate(Role role, UnaryOperator<CertificateOrder> change) {
    certificateChanges.put(role, change);
    return this;
  }

  /** Changes a revocation list. */
  public DcapForge crl(Lister lister, UnaryOperator<CrlOrder> change) {
    crlChanges.put(lister, change);
    return this;
  }

  /** Changes the TCB info before it is signed. */
  public DcapForge tcbInfo(Consumer<ObjectNode> change) {
    tcbInfoChanges.add(change);
    return this;
  }

  /** Puts a level of that status, which this machine reaches, above all others. */
  public DcapForge rated(String status, String... advisories) {
    return tcbInfo(
        info -> {
          var levels = info.putArray("tcbLevels");
          CollateralText.level(levels, tee == TeeKind.TDX, 5, status, advisories);
        });
  }

  /** Words the TCB info as version 2. */
  public DcapForge version2() {
    return tcbInfo(CollateralText::toVersion2);
  }

  /** Changes the QE identity before it is signed. */
  public DcapForge qeIdentity(Consumer<ObjectNode> change) {
    qeIdentityChanges.add(change);
    return this;
  }

  /** Changes the collateral after everything in it is signed. */
  public DcapForge collateral(Consumer<ObjectNode> change) {
    collateralChanges.add(change);
    return this;
  }

  /** Changes header and body before they are signed. */
  public DcapForge signed(Consumer<byte[]> change) {
    signedChanges.add(change);
    return this;
  }

  /** Changes the quoting enclave's report before it is signed. */
  public DcapForge qeReport(Consumer<byte[]> change) {
    qeReportChanges.add(change);
    return this;
  }

  /** With another attestation key. */
  public DcapForge keyed(String name) {
    attestationKey = Signer.Ec.named(name);
    return this;
  }

  /** With other data of the quoting enclave. */
  public DcapForge qeData(int length) {
    qeData = Bytes.copyOf(new byte[length]);
    return this;
  }

  /** With certification data of another type than the chain (5). */
  public DcapForge certificationType(int type) {
    certificationType = type;
    return this;
  }

  /** With chains that leave the root out. */
  public DcapForge withoutRoots() {
    withRoots = false;
    return this;
  }

  /** With something behind the quote. */
  public DcapForge followedBy(int... bytes) {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) bytes[i];
    }
    tail = Bytes.copyOf(all);
    return this;
  }

  /** With that report data. */
  public DcapForge reporting(Bytes reportData) {
    return signed(bytes -> System.arraycopy(reportData.toArray(), 0, bytes, reportDataAt(), 64));
  }

  /** Where the body begins. */
  public int body() {
    return version == 5 ? BODY_V5 : BODY;
  }

  private int reportDataAt() {
    return body() + (tee == TeeKind.SGX ? 320 : 520);
  }

  /** The evidence. */
  public Evidence.Dcap issue() {
    return new Evidence.Dcap(quote(), collateral());
  }

  /** The platform's certificates, PEM. */
  public String pckChain() {
    return certificate(Role.PCK) + certificate(Role.CA) + rootPem();
  }

  private String rootPem() {
    return withRoots ? certificate(Role.ROOT) : "";
  }

  private String certificate(Role role) {
    CertificateOrder order =
        switch (role) {
          case ROOT -> order(ROOT_NAME, 1, true, ROOT_KEY, ROOT_NAME, ROOT_KEY, Optional.empty());
          case CA -> order(CA_NAME, CA_SERIAL, true, CA_KEY, ROOT_NAME, ROOT_KEY, Optional.empty());
          case PCK ->
              order(
                  "Intel SGX PCK Certificate",
                  PCK_SERIAL,
                  false,
                  PCK_KEY,
                  CA_NAME,
                  CA_KEY,
                  Optional.of(machine.extension()));
          case SIGNER ->
              order(
                  "Intel SGX TCB Signing",
                  SIGNER_SERIAL,
                  false,
                  SIGNER_KEY,
                  ROOT_NAME,
                  ROOT_KEY,
                  Optional.empty());
        };
    return certificateChanges.getOrDefault(role, UnaryOperator.identity()).apply(order).pem();
  }

  private static CertificateOrder order(
      String name,
      long serial,
      boolean isAuthority,
      Signer key,
      String issuer,
      Signer issuerKey,
      Optional<Bytes> sgx) {
    int usage = isAuthority ? CertificateOrder.FOR_AUTHORITIES : CertificateOrder.FOR_SIGNERS;
    return new CertificateOrder(
        name,
        issuer,
        serial,
        FIRST,
        LAST,
        isAuthority,
        usage,
        key,
        issuerKey,
        sgx,
        Optional.empty());
  }

  private String crl(Lister lister) {
    CrlOrder order =
        switch (lister) {
          case ROOT -> new CrlOrder(ROOT_NAME, ISSUED, NEXT, List.of(), ROOT_KEY, false);
          case CA -> new CrlOrder(CA_NAME, ISSUED, NEXT, List.of(99L), CA_KEY, false);
        };
    return crlChanges.getOrDefault(lister, UnaryOperator.identity()).apply(order).issue().hex();
  }

  /** The collateral alone. */
  public Bytes collateral() {
    boolean isTdx = tee == TeeKind.TDX;
    ObjectNode info = isTdx ? CollateralText.tdx() : CollateralText.sgx();
    tcbInfoChanges.forEach(change -> change.accept(info));
    ObjectNode identity = CollateralText.qeIdentity(isTdx);
    qeIdentityChanges.forEach(change -> change.accept(identity));
    String signerChain = certificate(Role.SIGNER) + rootPem();
    ObjectNode collateral =
        JsonNodeFactory.instance
            .objectNode()
            .put("pck_crl_issuer_chain", certificate(Role.CA) + rootPem())
            .put("root_ca_crl", crl(Lister.ROOT))
            .put("pck_crl", crl(Lister.CA))
            .put("tcb_info_issuer_chain", signerChain)
            .put("tcb_info", info.toString())
            .put("tcb_info_signature", SIGNER_KEY.sign(Bytes.utf8(info.toString())).hex())
            .put("qe_identity_issuer_chain", signerChain)
            .put("qe_identity", identity.toString())
            .put("qe_identity_signature", SIGNER_KEY.sign(Bytes.utf8(identity.toString())).hex());
    collateralChanges.forEach(change -> change.accept(collateral));
    return Bytes.utf8(collateral.toString());
  }

  /** The quote alone. */
  public Bytes quote() {
    byte[] signed = header();
    signedChanges.forEach(change -> change.accept(signed));
    Bytes text = Bytes.copyOf(signed);
    Bytes vouched = vouched();
    Bytes rest =
        tee == TeeKind.SGX
            ? vouched
            : Little.u16(6).concat(Little.u32(vouched.length())).concat(vouched);
    Bytes authentication = Der.join(attestationKey.sign(text), attestationKey.coordinates(), rest);
    return Der.join(text, Little.u32(authentication.length()), authentication, tail);
  }

  private byte[] header() {
    int bodyLength = tee == TeeKind.SGX ? 384 : isTd15 ? 648 : 584;
    byte[] signed = new byte[body() + bodyLength];
    Little.put(signed, 0, Little.u16(version));
    Little.put(signed, 2, Little.u16(2));
    Little.put(signed, 4, Little.u32(tee == TeeKind.SGX ? 0 : 0x81));
    Little.put(signed, 12, Bytes.ofHex("939a7233f79c4ca9940a0db3957f0607").orElseThrow());
    if (version == 5) {
      Little.put(signed, 48, Little.u16(isTd15 ? 3 : 2));
      Little.put(signed, 50, Little.u32(bodyLength));
    }
    int at = body();
    if (tee == TeeKind.SGX) {
      signed[at + 48] = 0x05; // initialised, 64 bit
      signed[at + 64] = 0x5E; // MRENCLAVE begins
    } else {
      Little.put(signed, at, Bytes.copyOf((byte) 4, (byte) 1, (byte) 2)); // TEE_TCB_SVN
      signed[at + 123] = 0x10; // SEPT_VE_DISABLE
      signed[at + 136] = 0x7D; // MRTD begins
    }
    return signed;
  }

  private Bytes vouched() {
    byte[] report = new byte[384];
    report[48] = 0x11;
    Little.put(report, 128, Bytes.ofHex(CollateralText.QE_SIGNER).orElseThrow());
    Little.put(report, 256, Little.u16(CollateralText.QE_PRODUCT));
    Little.put(report, 258, Little.u16(CollateralText.QE_SVN));
    Little.put(report, 320, attestationKey.coordinates().concat(qeData).sha256());
    qeReportChanges.forEach(change -> change.accept(report));
    Bytes text = Bytes.copyOf(report);
    Bytes chain = certificationType == 5 ? Bytes.utf8(pckChain()) : Bytes.copyOf(new byte[404]);
    return Der.join(
        text,
        PCK_KEY.sign(text),
        Little.u16(qeData.length()),
        qeData,
        Little.u16(certificationType),
        Little.u32(chain.length()),
        chain);
  }
}
