package io.phalanx.attestation.verify;

import io.phalanx.attestation.AttestationPolicy;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.Terms;
import io.phalanx.attestation.Verdict;
import io.phalanx.attestation.authority.DcapForge;
import io.phalanx.attestation.authority.IasForge;
import io.phalanx.attestation.authority.Machine;
import io.phalanx.attestation.x509.EcdsaKey;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Prints what a verification costs in processor time, beside one ECDSA verification in the same
 * run. {@code attestation/benchmark} runs it.
 */
public final class AttestorBenchmark {
  private static final int MACHINES = 64;
  private static final int ROUNDS = 12;
  private static final int PER_ROUND = 1_000;
  private static final Terms TERMS = Terms.unbound(AttestationPolicy.DEFAULT, DcapForge.NOW);

  private AttestorBenchmark() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    Bytes digest = Bytes.utf8("text").sha256();
    DcapForge forge = DcapForge.tdx();
    Evidence.Dcap one = forge.issue();
    EcdsaKey root = DcapForge.root();
    List<Evidence.Dcap> machines = machines(one.collateral());
    Attestor warm = Attestors.fresh();
    Bytes signature = one.quote().slice(48 + 584 + 4, 48 + 584 + 4 + 64);
    double ecdsa = micros("one ECDSA verification", i -> root.verifies(digest, signature));
    print(ecdsa, "the same quote again", i -> accept(warm, one));
    print(ecdsa, "a new quote under a known key (cached chain)", sharing(warm, machines));
    print(
        ecdsa,
        "a machine not seen before, collateral known",
        fresh(
            () -> {
              Attestor attestor = Attestors.fresh();
              accept(attestor, one);
              return attestor;
            },
            machines));
    print(ecdsa, "nothing known", i -> accept(Attestors.fresh(), one));
    Evidence report = IasForge.report().issue();
    print(ecdsa, "an IAS report", i -> accept(warm, report));
  }

  private static List<Evidence.Dcap> machines(Bytes collateral) {
    List<Evidence.Dcap> machines = new ArrayList<>();
    for (int i = 0; i < MACHINES; i++) {
      String ppid = String.format(Locale.ROOT, "%032x", i + 1);
      int number = i;
      DcapForge forge =
          DcapForge.tdx()
              .on(Machine.BEST.withPpid(ppid))
              .keyed("attestation " + i)
              .signed(bytes -> bytes[bytes.length - 1] = (byte) number);
      machines.add(new Evidence.Dcap(forge.quote(), collateral));
    }
    return machines;
  }

  private static IntFunction<Object> sharing(Attestor attestor, List<Evidence.Dcap> machines) {
    return i -> accept(attestor, machines.get(i % MACHINES));
  }

  /** A new verifier whenever all machines were seen. */
  private static IntFunction<Object> fresh(
      Supplier<Attestor> making, List<Evidence.Dcap> machines) {
    Attestor[] current = new Attestor[1];
    return i -> {
      if (i % MACHINES == 0) {
        current[0] = making.get();
      }
      return accept(current[0], machines.get(i % MACHINES));
    };
  }

  private static Object accept(Attestor attestor, Evidence evidence) {
    Verdict verdict = attestor.verify(evidence, TERMS);
    if (!(verdict instanceof Verdict.Accepted)) {
      throw new IllegalStateException(verdict.toString());
    }
    return verdict;
  }

  private static void print(double ecdsa, String what, IntFunction<Object> work) {
    double micros = micros(what, work);
    System.out.printf(Locale.ROOT, "%55s %.1f ECDSA verifications%n", "", micros / ecdsa);
  }

  /** The median round, after as many to warm up. */
  private static double micros(String what, IntFunction<Object> work) {
    var threads = ManagementFactory.getThreadMXBean();
    List<Double> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < PER_ROUND; i++) {
        if (work.apply(i) == null) {
          throw new IllegalStateException("nothing came of it");
        }
      }
      long nanos = threads.getCurrentThreadCpuTime() - before;
      if (round >= ROUNDS / 2) {
        rounds.add(nanos / 1_000.0 / PER_ROUND);
      }
    }
    rounds.sort(null);
    double median = rounds.get(rounds.size() / 2);
    System.out.printf(Locale.ROOT, "%-48s %7.0f us%n", what, median);
    return median;
  }
}
