package io.phalanx.attestation.authority;

import io.phalanx.attestation.Bytes;
import java.util.Arrays;
import java.util.List;

/**
 * What a platform's certificate says of a machine.
 *
 * @param ppid which it is, 16 bytes
 * @param components security versions of its 16 parts
 * @param pceSvn of its provisioning certification enclave
 * @param pceId which such enclave, 2 bytes
 * @param fmspc its processor family, 6 bytes
 */
public record Machine(Bytes ppid, List<Integer> components, int pceSvn, Bytes pceId, Bytes fmspc) {

  private static final String SGX = "1.2.840.113741.1.13.1";

  /** One that reaches the best level exactly. */
  public static final Machine BEST =
      new Machine(
          hex("000102030405060708090a0b0c0d0e0f"),
          listed(components(5, 5, 2, 2)),
          11,
          hex("0000"),
          hex("00a067110000"));

  /** The first of 16 components; the others are 1. */
  public static int[] components(int... first) {
    int[] all = new int[16];
    for (int i = 0; i < all.length; i++) {
      all[i] = i < first.length ? first[i] : 1;
    }
    return all;
  }

  private static List<Integer> listed(int[] components) {
    return Arrays.stream(components).boxed().toList();
  }

  private static Bytes hex(String digits) {
    return Bytes.ofHex(digits).orElseThrow();
  }

  /** With other components. */
  public Machine with(int... first) {
    return new Machine(ppid, listed(components(first)), pceSvn, pceId, fmspc);
  }

  /** With another version of its provisioning certification enclave. */
  public Machine withPceSvn(int other) {
    return new Machine(ppid, components, other, pceId, fmspc);
  }

  /** Of another family. */
  public Machine withFmspc(String digits) {
    return new Machine(ppid, components, pceSvn, pceId, hex(digits));
  }

  /** With another provisioning certification enclave. */
  public Machine withPceId(String digits) {
    return new Machine(ppid, components, pceSvn, hex(digits), fmspc);
  }

  /** Another machine. */
  public Machine withPpid(String digits) {
    return new Machine(hex(digits), components, pceSvn, pceId, fmspc);
  }

  /** The value of the certificate's extension, DER. */
  public Bytes extension() {
    Bytes[] tcb = new Bytes[18];
    byte[] cpuSvn = new byte[16];
    for (int i = 0; i < 16; i++) {
      tcb[i] = Der.sequence(Der.oid(SGX + ".2." + (i + 1)), Der.integer(components.get(i)));
      cpuSvn[i] = components.get(i).byteValue();
    }
    tcb[16] = Der.sequence(Der.oid(SGX + ".2.17"), Der.integer(pceSvn));
    tcb[17] = Der.sequence(Der.oid(SGX + ".2.18"), Der.octets(Bytes.copyOf(cpuSvn)));
    return Der.sequence(
        Der.sequence(Der.oid(SGX + ".1"), Der.octets(ppid)),
        Der.sequence(Der.oid(SGX + ".2"), Der.sequence(tcb)),
        Der.sequence(Der.oid(SGX + ".3"), Der.octets(pceId)),
        Der.sequence(Der.oid(SGX + ".4"), Der.octets(fmspc)),
        Der.sequence(Der.oid(SGX + ".5"), Der.element(0x0A, Bytes.copyOf((byte) 1))));
  }
}
