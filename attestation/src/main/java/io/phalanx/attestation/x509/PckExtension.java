package io.phalanx.attestation.x509;

import static io.phalanx.attestation.RejectReason.CERTIFICATE_IS_MALFORMED;
import static io.phalanx.attestation.x509.DerReader.OCTET_STRING;
import static io.phalanx.attestation.x509.DerReader.SEQUENCE;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.RejectedException;
import java.util.HashMap;
import java.util.Map;

/**
 * What a platform's certificate says of the machine (Intel, "SGX PCK Certificate and CRL Profile
 * Specification", 1.3.5).
 *
 * @param ppid which machine it is, 16 bytes
 * @param componentSvns security versions of 16 parts of the platform
 * @param pceSvn security version of the provisioning certification enclave
 * @param pceId which such enclave, 2 bytes
 * @param fmspc the processor's family, model, stepping, platform type and custom SKU, 6 bytes
 */
public record PckExtension(Bytes ppid, Bytes componentSvns, int pceSvn, Bytes pceId, Bytes fmspc) {

  /** How many parts of a platform have a security version. */
  public static final int COMPONENTS = 16;

  private static final int PPID = 1;
  private static final int TCB = 2;
  private static final int PCE_ID = 3;
  private static final int FMSPC = 4;
  private static final int PCE_SVN = 17;
  private static final int MAX_SVN = 255;
  private static final int MAX_PCE_SVN = 65_535;

  /** Reads the value of the certificate's extension. */
  public static PckExtension parse(Bytes value) throws RejectedException {
    Map<Integer, DerReader> fields =
        byLastNumber(DerReader.of(value, CERTIFICATE_IS_MALFORMED), Oids.SGX);
    DerReader tcb = field(fields, TCB);
    Bytes tcbOid = Oids.SGX.concat(Bytes.copyOf((byte) TCB));
    Map<Integer, DerReader> svns = byLastNumber(tcb, tcbOid);
    byte[] components = new byte[COMPONENTS];
    for (int i = 0; i < COMPONENTS; i++) {
      components[i] = (byte) field(svns, i + 1).smallInteger(MAX_SVN);
    }
    return new PckExtension(
        octets(fields, PPID, 16),
        Bytes.copyOf(components),
        field(svns, PCE_SVN).smallInteger(MAX_PCE_SVN),
        octets(fields, PCE_ID, 2),
        octets(fields, FMSPC, 6));
  }

  /** Pairs of identifier and value, by the last number of the identifier. */
  private static Map<Integer, DerReader> byLastNumber(DerReader list, Bytes prefix)
      throws RejectedException {
    Map<Integer, DerReader> fields = new HashMap<>();
    DerReader pairs = list.enter(SEQUENCE);
    while (!pairs.isAtEnd()) {
      DerReader pair = pairs.enter(SEQUENCE);
      Bytes oid = pair.content(DerReader.OID);
      int last = oid.length() - 1;
      if (last != prefix.length() || !oid.slice(0, last).equals(prefix)) {
        throw pair.fault("a field of Intel's extension is not one of its fields");
      }
      if (fields.put(oid.at(last), pair) != null) {
        throw pair.fault("a field of Intel's extension is there twice");
      }
    }
    return fields;
  }

  private static DerReader field(Map<Integer, DerReader> fields, int number)
      throws RejectedException {
    DerReader field = fields.get(number);
    if (field == null) {
      throw new RejectedException(
          CERTIFICATE_IS_MALFORMED, "Intel's extension lacks its field " + number + ".");
    }
    return field;
  }

  private static Bytes octets(Map<Integer, DerReader> fields, int number, int length)
      throws RejectedException {
    Bytes value = field(fields, number).content(OCTET_STRING);
    if (value.length() != length) {
      throw new RejectedException(
          CERTIFICATE_IS_MALFORMED,
          "Field " + number + " of Intel's extension has " + value.length() + " bytes.");
    }
    return value;
  }
}
