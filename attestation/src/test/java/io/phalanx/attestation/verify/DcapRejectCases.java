package io.phalanx.attestation.verify;

import static io.phalanx.attestation.authority.DcapForge.sgx;
import static io.phalanx.attestation.authority.DcapForge.td15;
import static io.phalanx.attestation.authority.DcapForge.tdx;
import static io.phalanx.attestation.authority.DcapForge.tdxV5;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.attestation.AttestationPolicy;
import io.phalanx.attestation.AttestationPolicy.Exceptions;
import io.phalanx.attestation.Binding;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.authority.CertificateOrder;
import io.phalanx.attestation.authority.DcapForge;
import io.phalanx.attestation.authority.DcapForge.Lister;
import io.phalanx.attestation.authority.DcapForge.Role;
import io.phalanx.attestation.authority.Machine;
import io.phalanx.attestation.authority.Signer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** DCAP evidence with one thing wrong, for every reason there is. */
final class DcapRejectCases {
  private static final Signer.Ec STRANGER = Signer.Ec.named("stranger");
  private static final String LATER = "2026-01-16T00:00:00Z";
  private static final String EARLIER = "2026-01-14T00:00:00Z";

  private final List<RejectCase> cases = new ArrayList<>();

  private DcapRejectCases() {}

  static List<RejectCase> all() {
    DcapRejectCases made = new DcapRejectCases();
    made.headers();
    made.lengths();
    made.collateral();
    made.tcbInfo();
    made.qeIdentity();
    made.platformChain();
    made.signerChain();
    made.revocation();
    made.signatures();
    made.dates();
    made.fit();
    made.levels();
    made.program();
    made.policy();
    return made.cases;
  }

  private void add(RejectReason reason, String what, DcapForge forge) {
    cases.add(RejectCase.of(reason, what, forge));
  }

  private static DcapForge sgxSigned(int at, int value) {
    return sgx().signed(bytes -> bytes[at] = (byte) value);
  }

  private static DcapForge tdxSigned(int at, int value) {
    return tdx().signed(bytes -> bytes[at] = (byte) value);
  }

  private void headers() {
    add(RejectReason.QUOTE_VERSION_IS_UNSUPPORTED, "version 2", sgxSigned(0, 2));
    add(RejectReason.QUOTE_VERSION_IS_UNSUPPORTED, "version 6", tdxSigned(0, 6));
    add(RejectReason.QUOTE_VERSION_IS_UNSUPPORTED, "SGX of version 4", sgxSigned(0, 4));
    add(RejectReason.QUOTE_VERSION_IS_UNSUPPORTED, "TDX of version 3", tdxSigned(0, 3));
    add(RejectReason.TEE_TYPE_IS_UNSUPPORTED, "TEE type 1", sgxSigned(4, 1));
    add(RejectReason.TEE_TYPE_IS_UNSUPPORTED, "TEE type 0x1000081", tdxSigned(7, 1));
    add(RejectReason.ATTESTATION_KEY_TYPE_IS_UNSUPPORTED, "P-384", sgxSigned(2, 3));
    add(RejectReason.QE_VENDOR_IS_UNKNOWN, "another vendor", sgxSigned(12, 0x94));
    add(RejectReason.QUOTE_IS_MALFORMED, "unknown body", tdxV5().signed(bytes -> bytes[48] = 4));
    add(
        RejectReason.QUOTE_IS_MALFORMED,
        "body of another length",
        td15().signed(bytes -> bytes[50] = 0x48));
  }

  private void lengths() {
    Evidence.Dcap good = sgx().issue();
    for (int length : new int[] {0, 1, 47, 431, 435, 436, 1_000, good.quote().length() - 1}) {
      cases.add(
          RejectCase.of(
              RejectReason.QUOTE_IS_MALFORMED,
              "cut to " + length,
              new Evidence.Dcap(good.quote().slice(0, length), good.collateral())));
    }
    add(RejectReason.QUOTE_IS_MALFORMED, "a tail of a one", sgx().followedBy(0, 0, 1));
    add(RejectReason.QUOTE_IS_MALFORMED, "a tail of 16 KB", sgx().followedBy(new int[16_384]));
    add(RejectReason.QUOTE_IS_MALFORMED, "513 bytes of QE data", sgx().qeData(513));
    Bytes quote = tdx().quote();
    byte[] wrapped = quote.toArray();
    wrapped[48 + 584 + 4 + 128] = 5;
    cases.add(
        RejectCase.of(
            RejectReason.QUOTE_IS_MALFORMED,
            "a wrapper of another type",
            new Evidence.Dcap(Bytes.copyOf(wrapped), tdx().collateral())));
    add(
        RejectReason.PCK_CERTIFICATE_IS_MISSING,
        "encrypted PPID and no chain",
        sgx().certificationType(3));
  }

  private void rawCollateral(String what, String text) {
    cases.add(
        RejectCase.of(
            RejectReason.COLLATERAL_IS_MALFORMED,
            what,
            new Evidence.Dcap(sgx().quote(), Bytes.utf8(text))));
  }

  private void collateral() {
    rawCollateral("nothing", "");
    rawCollateral("no object", "[]");
    rawCollateral("no JSON", "{\"tcb_info\": ");
    rawCollateral("two documents", "{} {}");
    rawCollateral("a field twice", "{\"a\":1,\"a\":2}");
    rawCollateral("too deep", "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}");
    rawCollateral("too long", " ".repeat(1_048_577));
    for (String name :
        List.of(
            "tcb_info",
            "tcb_info_signature",
            "tcb_info_issuer_chain",
            "qe_identity",
            "qe_identity_signature",
            "qe_identity_issuer_chain")) {
      RejectReason reason = RejectReason.COLLATERAL_IS_MALFORMED;
      add(reason, "no " + name, sgx().collateral(fields -> fields.remove(name)));
      add(reason, "a number as " + name, sgx().collateral(fields -> fields.put(name, 1)));
    }
    add(
        RejectReason.COLLATERAL_IS_MALFORMED,
        "a signature that is not hex",
        sgx().collateral(fields -> fields.put("tcb_info_signature", "zz")));
    add(
        RejectReason.COLLATERAL_IS_MALFORMED,
        "a list that is not hex",
        sgx().collateral(fields -> fields.put("pck_crl", "3")));
  }

  private void malformedInfo(String what, Consumer<ObjectNode> change) {
    add(RejectReason.TCB_INFO_IS_MALFORMED, what, sgx().tcbInfo(change));
  }

  private void tcbInfo() {
    for (String name :
        List.of("id", "version", "issueDate", "nextUpdate", "fmspc", "pceId", "tcbType")) {
      malformedInfo("no " + name, info -> info.remove(name));
    }
    malformedInfo("version 1", info -> info.put("version", 1));
    malformedInfo("version 4", info -> info.put("version", 4));
    malformedInfo("id TDX2", info -> info.put("id", "TDX2"));
    malformedInfo("TDX of version 2", info -> info.put("version", 2).put("id", "TDX"));
    malformedInfo("tcbType 1", info -> info.put("tcbType", 1));
    malformedInfo("a date without zone", info -> info.put("nextUpdate", "2026-02-04T00:00:00"));
    malformedInfo("no date", info -> info.put("issueDate", "yesterday"));
    malformedInfo("FMSPC of 5 bytes", info -> info.put("fmspc", "00A0671100"));
    malformedInfo("levels that are none", info -> info.put("tcbLevels", "none"));
    malformedInfo("15 components", info -> components(info).remove(0));
    malformedInfo("SVN 256", info -> ((ObjectNode) components(info).get(0)).put("svn", 256));
    malformedInfo(
        "257 levels",
        info -> {
          var levels = info.withArray("tcbLevels");
          while (levels.size() < 257) {
            levels.add(levels.get(0).deepCopy());
          }
        });
    add(
        RejectReason.TCB_INFO_IS_MALFORMED,
        "TDX without its module",
        tdx().tcbInfo(info -> info.remove("tdxModule")));
  }

  private void qeIdentity() {
    RejectReason reason = RejectReason.QE_IDENTITY_IS_MALFORMED;
    for (String name :
        List.of(
            "id",
            "version",
            "issueDate",
            "nextUpdate",
            "miscselect",
            "miscselectMask",
            "attributes",
            "attributesMask",
            "mrsigner",
            "isvprodid")) {
      add(reason, "no " + name, sgx().qeIdentity(identity -> identity.remove(name)));
    }
    add(reason, "QE of version 3", sgx().qeIdentity(identity -> identity.put("version", 3)));
    add(reason, "TD_QE of version 4", tdx().qeIdentity(identity -> identity.put("version", 4)));
    add(reason, "QVE", sgx().qeIdentity(identity -> identity.put("id", "QVE")));
  }

  private void platformChain() {
    RejectReason reason = RejectReason.PCK_CHAIN_IS_INVALID;
    DcapForge ofAnotherRoot = sgx().certificate(Role.ROOT, order -> order.of(STRANGER));
    cases.add(
        RejectCase.of(
            reason, "another root", new Evidence.Dcap(ofAnotherRoot.quote(), sgx().collateral())));
    add(RejectReason.SIGNING_CHAIN_IS_INVALID, "another root", ofAnotherRoot);
    add(
        reason,
        "an authority of another root, root left out",
        sgx().withoutRoots().certificate(Role.CA, order -> order.signedBy(STRANGER)));
    add(reason, "a forged leaf", sgx().certificate(Role.PCK, order -> order.signedBy(STRANGER)));
    add(
        reason,
        "an issuer of another name",
        sgx().certificate(Role.PCK, order -> order.issuedBy("Intel SGX PCK Processor CA")));
    add(
        reason,
        "a leaf of another role",
        sgx().certificate(Role.PCK, order -> order.named("Intel SGX TCB Signing")));
    add(
        reason,
        "an authority of another role",
        sgx()
            .certificate(Role.CA, order -> order.named("Intel SGX Root CA"))
            .certificate(Role.PCK, order -> order.issuedBy("Intel SGX Root CA")));
    add(
        reason,
        "an authority that is none",
        sgx().certificate(Role.CA, order -> order.inRole(false, CertificateOrder.FOR_AUTHORITIES)));
    add(
        reason,
        "an authority that may not sign certificates",
        sgx().certificate(Role.CA, order -> order.inRole(true, 0x80)));
    add(
        reason,
        "a leaf that is an authority",
        sgx().certificate(Role.PCK, order -> order.inRole(true, CertificateOrder.FOR_SIGNERS)));
    add(
        reason,
        "a leaf without Intel's extension",
        sgx().certificate(Role.PCK, order -> order.withSgx(Optional.empty())));
    add(
        RejectReason.CERTIFICATE_IS_MALFORMED,
        "an extension that is none",
        sgx()
            .certificate(
                Role.PCK, order -> order.withSgx(Optional.of(Bytes.utf8("not an extension")))));
    add(
        RejectReason.CERTIFICATE_IS_MALFORMED,
        "a critical extension that nobody knows",
        sgx().certificate(Role.PCK, order -> order.withStrange(true)));
    cases.add(
        RejectCase.of(reason, "four certificates", separateChain(sgx().pckChain() + rootAgain())));
    cases.add(RejectCase.of(reason, "no certificate", separateChain(" ")));
    cases.add(
        RejectCase.of(
            RejectReason.CERTIFICATE_IS_MALFORMED, "text for a chain", separateChain("hello")));
  }

  private static String rootAgain() {
    String chain = sgx().pckChain();
    return chain.substring(chain.lastIndexOf("-----BEGIN"));
  }

  private static Evidence.Dcap separateChain(String chain) {
    return sgx()
        .certificationType(3)
        .collateral(fields -> fields.put("pck_certificate_chain", chain))
        .issue();
  }

  private void signerChain() {
    RejectReason reason = RejectReason.SIGNING_CHAIN_IS_INVALID;
    add(
        reason,
        "signed by another",
        sgx().certificate(Role.SIGNER, order -> order.signedBy(STRANGER)));
    add(
        reason,
        "a platform's certificate",
        sgx().certificate(Role.SIGNER, order -> order.named("Intel SGX PCK Certificate")));
    add(
        reason,
        "a chain of a platform",
        sgx().collateral(fields -> fields.put("qe_identity_issuer_chain", sgx().pckChain())));
    add(
        reason,
        "a signer that may not sign",
        sgx().certificate(Role.SIGNER, order -> order.inRole(false, 0x06)));
    add(
        RejectReason.TCB_INFO_SIGNATURE_IS_INVALID,
        "text changed after it was signed",
        sgx().collateral(fields -> fields.put("tcb_info", fields.get("tcb_info").asText() + " ")));
    add(
        RejectReason.TCB_INFO_SIGNATURE_IS_INVALID,
        "no signature",
        sgx().collateral(fields -> fields.put("tcb_info_signature", "")));
    add(
        RejectReason.TCB_INFO_SIGNATURE_IS_INVALID,
        "a signature of zeros",
        sgx().collateral(fields -> fields.put("tcb_info_signature", "00".repeat(64))));
    add(
        RejectReason.QE_IDENTITY_SIGNATURE_IS_INVALID,
        "the signature of the other text",
        sgx()
            .collateral(
                fields ->
                    fields.put(
                        "qe_identity_signature", fields.get("tcb_info_signature").asText())));
  }

  private void revocation() {
    add(
        RejectReason.CRL_IS_MISSING,
        "no list of the root",
        sgx().collateral(fields -> fields.remove("root_ca_crl")));
    add(
        RejectReason.CRL_IS_MISSING,
        "an empty list of platforms",
        sgx().collateral(fields -> fields.put("pck_crl", "")));
    add(
        RejectReason.CRL_IS_MALFORMED,
        "a list that is none",
        sgx().collateral(fields -> fields.put("pck_crl", "3000")));
    add(
        RejectReason.CRL_IS_MALFORMED,
        "a list of some certificates only",
        sgx().crl(Lister.CA, order -> order.partial()));
    add(
        RejectReason.CRL_IS_MALFORMED,
        "a list of 128 KB",
        sgx().collateral(fields -> fields.put("pck_crl", "00".repeat(131_073))));
    add(
        RejectReason.CRL_IS_INVALID,
        "a forged list of the root",
        sgx().crl(Lister.ROOT, order -> order.signedBy(STRANGER)));
    add(
        RejectReason.CRL_IS_INVALID,
        "a forged list of platforms",
        sgx().crl(Lister.CA, order -> order.signedBy(STRANGER)));
    add(
        RejectReason.CRL_IS_INVALID,
        "the list of another authority",
        sgx().crl(Lister.CA, order -> order.issuedBy("Intel SGX PCK Processor CA")));
    add(
        RejectReason.CERTIFICATE_IS_REVOKED,
        "the platform's",
        sgx().crl(Lister.CA, order -> order.revoking(DcapForge.PCK_SERIAL)));
    add(
        RejectReason.CERTIFICATE_IS_REVOKED,
        "the authority's",
        sgx().crl(Lister.ROOT, order -> order.revoking(DcapForge.CA_SERIAL)));
    add(
        RejectReason.CERTIFICATE_IS_REVOKED,
        "the signer's",
        sgx().crl(Lister.ROOT, order -> order.revoking(DcapForge.SIGNER_SERIAL)));
  }

  private void changed(RejectReason reason, String what, DcapForge forge, int at) {
    Evidence.Dcap good = forge.issue();
    byte[] quote = good.quote().toArray();
    quote[at] ^= 1;
    cases.add(
        RejectCase.of(reason, what, new Evidence.Dcap(Bytes.copyOf(quote), good.collateral())));
  }

  private void signatures() {
    int authentication = 48 + 384 + 4;
    changed(RejectReason.QUOTE_SIGNATURE_IS_INVALID, "a changed header", sgx(), 30);
    changed(RejectReason.QUOTE_SIGNATURE_IS_INVALID, "a changed body", sgx(), 120);
    changed(RejectReason.QUOTE_SIGNATURE_IS_INVALID, "a changed body of TDX", td15(), 400);
    changed(RejectReason.QUOTE_SIGNATURE_IS_INVALID, "its signature", sgx(), authentication);
    changed(RejectReason.ATTESTATION_KEY_IS_NOT_BOUND, "its key", sgx(), authentication + 64);
    changed(RejectReason.QE_REPORT_SIGNATURE_IS_INVALID, "the report", sgx(), authentication + 128);
    changed(
        RejectReason.QE_REPORT_SIGNATURE_IS_INVALID,
        "the report's signature",
        sgx(),
        authentication + 128 + 384);
    add(
        RejectReason.ATTESTATION_KEY_IS_NOT_BOUND,
        "report data that goes on",
        sgx().qeReport(report -> report[352] = 1));
  }

  private void dates() {
    add(
        RejectReason.CERTIFICATE_IS_EXPIRED,
        "the platform's",
        sgx().certificate(Role.PCK, order -> order.within(DcapForge.FIRST, time(EARLIER))));
    add(
        RejectReason.CERTIFICATE_IS_NOT_YET_VALID,
        "the signer's",
        sgx().certificate(Role.SIGNER, order -> order.within(time(LATER), DcapForge.LAST)));
    add(
        RejectReason.CRL_IS_EXPIRED,
        "the root's",
        sgx().crl(Lister.ROOT, order -> order.within(DcapForge.ISSUED, time(EARLIER))));
    add(
        RejectReason.CRL_IS_NOT_YET_VALID,
        "the platforms'",
        sgx().crl(Lister.CA, order -> order.within(time(LATER), DcapForge.NEXT)));
    add(
        RejectReason.TCB_INFO_IS_EXPIRED,
        "a day ago",
        sgx().tcbInfo(info -> info.put("nextUpdate", EARLIER)));
    add(
        RejectReason.TCB_INFO_IS_NOT_YET_VALID,
        "in a day",
        sgx().tcbInfo(info -> info.put("issueDate", LATER)));
    add(
        RejectReason.QE_IDENTITY_IS_EXPIRED,
        "a day ago",
        sgx().qeIdentity(identity -> identity.put("nextUpdate", EARLIER)));
    add(
        RejectReason.QE_IDENTITY_IS_NOT_YET_VALID,
        "in a day",
        sgx().qeIdentity(identity -> identity.put("issueDate", LATER)));
  }

  private static Instant time(String text) {
    return Instant.parse(text);
  }

  private void fit() {
    cases.add(
        RejectCase.of(
            RejectReason.COLLATERAL_IS_OF_ANOTHER_TEE,
            "TDX with collateral of SGX",
            new Evidence.Dcap(tdx().quote(), sgx().collateral())));
    cases.add(
        RejectCase.of(
            RejectReason.COLLATERAL_IS_OF_ANOTHER_TEE,
            "SGX with collateral of TDX",
            new Evidence.Dcap(sgx().quote(), tdx().collateral())));
    add(
        RejectReason.COLLATERAL_IS_OF_ANOTHER_TEE,
        "the quoting enclave of the other",
        tdx().qeIdentity(identity -> identity.put("id", "QE")));
    add(
        RejectReason.FMSPC_DIFFERS,
        "another family",
        sgx().on(Machine.BEST.withFmspc("00a067110001")));
    add(RejectReason.PCE_ID_DIFFERS, "another PCE", sgx().on(Machine.BEST.withPceId("0001")));
  }

  private void levels() {
    add(RejectReason.TCB_LEVEL_IS_UNKNOWN, "below all", sgx().on(Machine.BEST.with(0)));
    add(
        RejectReason.TCB_LEVEL_IS_UNKNOWN,
        "no levels",
        sgx().tcbInfo(info -> info.remove("tcbLevels")));
    add(RejectReason.QE_LEVEL_IS_UNKNOWN, "below all", sgx().qeReport(report -> report[258] = 5));
    add(RejectReason.TCB_IS_REVOKED, "the platform", sgx().on(Machine.BEST.with(3, 3, 2, 2)));
    add(
        RejectReason.TCB_IS_REVOKED,
        "the quoting enclave",
        sgx().qeIdentity(identity -> level(identity, 0).put("tcbStatus", "Revoked")));
    add(
        RejectReason.TCB_IS_REVOKED,
        "the module",
        tdx().tcbInfo(info -> level(module(info), 0).put("tcbStatus", "Revoked")));
    add(RejectReason.STATUS_IS_NOT_ACCEPTED, "a new word", sgx().rated("TDRelaunchAdvised"));
    add(
        RejectReason.TDX_MODULE_IS_NOT_GENUINE,
        "no such major version",
        tdxSigned(DcapForge.BODY + 1, 2));
    add(
        RejectReason.TDX_MODULE_IS_NOT_GENUINE,
        "another author",
        tdxSigned(DcapForge.BODY + 64, 1));
    add(RejectReason.TDX_MODULE_IS_NOT_GENUINE, "another mode", tdxSigned(DcapForge.BODY + 112, 1));
    add(
        RejectReason.TDX_MODULE_IS_NOT_GENUINE,
        "a mode outside the mask",
        tdxSigned(DcapForge.BODY + 112, 1)
            .tcbInfo(info -> module(info).put("attributesMask", "00".repeat(8))));
    add(
        RejectReason.TDX_MODULE_LEVEL_IS_UNKNOWN,
        "a module below all",
        tdx().tcbInfo(info -> module(info).remove("tcbLevels")));
    add(
        RejectReason.QE_IS_NOT_GENUINE,
        "another author",
        sgx().qeReport(report -> report[128] ^= 1));
    add(RejectReason.QE_IS_NOT_GENUINE, "another product", sgx().qeReport(r -> r[256] = 2));
    add(RejectReason.QE_IS_NOT_GENUINE, "extra state", sgx().qeReport(r -> r[16] = 1));
    add(RejectReason.QE_IS_NOT_GENUINE, "another mode", sgx().qeReport(r -> r[48] = 0x31));
    add(RejectReason.QE_IS_NOT_GENUINE, "debug", sgx().qeReport(r -> r[48] = 0x13));
    add(
        RejectReason.QE_IS_NOT_GENUINE,
        "debug outside the mask",
        sgx()
            .qeReport(r -> r[48] = 0x13)
            .qeIdentity(identity -> identity.put("attributesMask", "00".repeat(16))));
  }

  private static ObjectNode level(ObjectNode owner, int index) {
    return (ObjectNode) owner.withArray("tcbLevels").get(index);
  }

  private static ArrayNode components(ObjectNode info) {
    return (ArrayNode) level(info, 0).get("tcb").get("sgxtcbcomponents");
  }

  private static ObjectNode module(ObjectNode info) {
    return (ObjectNode) info.withArray("tdxModuleIdentities").get(0);
  }

  private void program() {
    add(RejectReason.DEBUG_IS_ENABLED, "SGX", sgxSigned(DcapForge.BODY + 48, 0x07));
    add(RejectReason.DEBUG_IS_ENABLED, "TDX", tdxSigned(DcapForge.BODY + 120, 0x01));
    add(RejectReason.SEPT_VE_IS_NOT_DISABLED, "bit 28", tdxSigned(DcapForge.BODY + 123, 0));
    for (int bit = 0; bit < 64; bit++) {
      boolean isKnown = bit == 0 || bit == 28 || bit == 30 || bit == 31 || bit == 63;
      if (!isKnown) {
        int at = DcapForge.BODY + 120 + bit / 8;
        int mask = 1 << bit % 8;
        add(
            RejectReason.RESERVED_BITS_ARE_SET,
            "bit " + bit,
            tdx().signed(bytes -> bytes[at] |= (byte) mask));
      }
    }
    add(
        RejectReason.SERVICE_TD_IS_BOUND,
        "TDX 1.5",
        td15().signed(bytes -> bytes[DcapForge.BODY_V5 + 647] = 1));
  }

  private void policy() {
    AttestationPolicy listed =
        AttestationPolicy.DEFAULT.withMeasurements(Set.of("ab".repeat(32), "cd".repeat(48)));
    cases.add(
        RejectCase.of(RejectReason.MEASUREMENT_IS_NOT_ALLOWED, "SGX", sgx().issue()).under(listed));
    cases.add(
        RejectCase.of(RejectReason.MEASUREMENT_IS_NOT_ALLOWED, "TDX", tdx().issue()).under(listed));
    Bytes key = Bytes.utf8("key").sha256();
    Bytes nonce = Bytes.utf8("nonce").sha256();
    Binding binding = new Binding(key, Optional.of(nonce));
    cases.add(
        RejectCase.of(RejectReason.MINER_KEY_IS_NOT_BOUND, "no key", sgx().issue())
            .boundTo(binding));
    cases.add(
        RejectCase.of(
                RejectReason.MINER_KEY_IS_NOT_BOUND,
                "the other way round",
                sgx().reporting(nonce.concat(key)).issue())
            .boundTo(binding));
    cases.add(
        RejectCase.of(
                RejectReason.NONCE_IS_NOT_BOUND,
                "another nonce",
                tdx().reporting(key.concat(key)).issue())
            .boundTo(binding));
    AttestationPolicy allowing =
        AttestationPolicy.DEFAULT.withExceptions(new Exceptions(true, true, true));
    cases.add(
        RejectCase.of(
                RejectReason.RESERVED_BITS_ARE_SET,
                "whatever is allowed",
                tdxSigned(DcapForge.BODY + 120, 3).issue())
            .under(allowing));
  }
}
