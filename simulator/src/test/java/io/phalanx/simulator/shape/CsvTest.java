package io.phalanx.simulator.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CsvTest {
  private static final DemandShape DURATIONS = DemandShape.mixed(1, 0, Duration.ofSeconds(8));

  private static List<MinerSpec> miners(String... lines) {
    return MinerCsv.parse("m.csv", List.of(lines));
  }

  private static List<DeploymentSpec> deployments(String... lines) {
    return DeploymentCsv.parse("d.csv", List.of(lines), DURATIONS);
  }

  private static List<String> faults(Runnable reading) {
    BadCsvException bad = catchThrowableOfType(BadCsvException.class, reading::run);
    return bad.faults().stream().map(CsvFault::toString).toList();
  }

  /** The shared folder beside the project, where there is one. */
  private static Path shared(String file) {
    String named = System.getProperty("phalanx.shared");
    Path here = Path.of("").toAbsolutePath();
    Path folder =
        named != null
            ? Path.of(named)
            : Stream.iterate(here, path -> path != null, Path::getParent)
                .map(path -> path.resolveSibling("shared"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(here.resolve("absent"));
    Path found = folder.resolve("data").resolve(file);
    Assumptions.assumeTrue(Files.exists(found), "no shared data: " + found);
    return found;
  }

  @Nested
  class Miners {
    private static final String HEADER = "region,id,tier,performance,operator,ask,stake,state";

    @Test
    void areReadByHeaderNameInAnyOrder() {
      assertThat(
              miners(HEADER, "eu,m1,2,1842,op-1,386,10001,Idle", "US_1,m2,5,60,OP.2,9,7,Stopped"))
          .containsExactly(
              new MinerSpec(
                  "m1", 2, 1842, "op-1", "eu", 386, new BigInteger("10001000000000000"), true),
              new MinerSpec(
                  "m2", 5, 60, "op-2", "us-1", 9, new BigInteger("7000000000000"), false));
    }

    @Test
    void thatAreNotResponsiveAreNotStarted() {
      assertThat(miners("id,tier,performance,operator,region,ask,responsive", "m,1,60,o,e,1,0"))
          .noneMatch(MinerSpec::starts);
    }

    @Test
    void withoutAStakeHaveOneThatPasses() {
      List<MinerSpec> read =
          miners("id,tier,performance,operator,region,ask", "a,1,3200,o,e,1", "b,5,60,o,e,1");
      assertThat(read).allMatch(miner -> StartGuards.refusing(miner).equals("other"));
    }

    @Test
    void areRefusedWithEveryFaultOfTheFile() {
      List<String> faults =
          faults(
              () ->
                  miners(
                      HEADER,
                      "eu,m1,6,1842,op-1,386,10001,Idle",
                      "eu,m1,2,many,,386,-1,Asleep",
                      "eu,m2"));
      assertThat(faults)
          .containsExactly(
              "m.csv:2: tier: 6 is not 1..5",
              "m.csv:3: id: 'm1' is there twice",
              "m.csv:3: performance: 'many' is not a whole number",
              "m.csv:3: state: 'Asleep' is none of [Idle, Active, Stopped, CoolingDown]",
              "m.csv:3: operator: is empty",
              "m.csv:3: stake: -1 is not 0..1000000000000",
              "m.csv:4: *: 2 cells under 8 columns");
    }

    @Test
    void areRefusedWithoutTheirColumns() {
      assertThat(faults(() -> miners("id,tier,id", "a,1,b")))
          .contains("m.csv:1: id: this column is there twice")
          .contains("m.csv:1: ask: this column is missing");
      assertThat(faults(CsvTest::noLines)).hasSize(6);
    }

    @Test
    void mayHaveQuotedCells() {
      assertThat(CsvTable.split("a,\"b,\"\"c\"\"\", d ,")).containsExactly("a", "b,\"c\"", "d", "");
    }

    @Test
    void ofTheSharedFleetAreRead() throws IOException {
      List<MinerSpec> fleet = MinerCsv.read(shared("fleets/phala-a/miners.csv"));
      assertThat(fleet).hasSize(1_775);
      assertThat(fleet.stream().filter(MinerSpec::starts)).hasSize(1_315);
    }
  }

  private static void noLines() {
    miners();
  }

  @Nested
  class Deployments {
    @Test
    void areReadWithTheirDefaults() {
      DeploymentSpec one =
          deployments("id,accepted_tiers,min_performance,replicas,bid", "D 1,1|3,20,4,900").get(0);
      assertThat(one.name()).isEqualTo("d-1");
      assertThat(one.tiers()).containsExactly(1, 3);
      assertThat(one.minPerformance()).isEqualTo(20);
      assertThat(one.replicas()).isEqualTo(4);
      assertThat(one.minReplicas()).isEqualTo(4);
      assertThat(one.maxPerOperator()).isOne();
      assertThat(one.maxGasPrice()).isEqualTo(900);
      assertThat(one.preference()).isEqualTo("balanced");
      assertThat(one.regions()).isEmpty();
      assertThat(one.queueTimeout()).isEmpty();
    }

    @Test
    void areReadWithEveryColumn() {
      DeploymentSpec one =
          deployments(
                  "id,accepted_tiers,min_performance,replicas,min_replicas,max_per_operator,"
                      + "max_gas_price,regions,allow_operators,deny_operators,preference,waited_s",
                  "d,2,0,3,2,0,7,eu|us,op-1,op-2|op-3,cheap,99")
              .get(0);
      assertThat(one.minReplicas()).isEqualTo(2);
      assertThat(one.maxPerOperator()).isZero();
      assertThat(one.regions()).containsExactly("eu", "us");
      assertThat(one.allowOperators()).containsExactly("op-1");
      assertThat(one.denyOperators()).containsExactly("op-2", "op-3");
      assertThat(one.preference()).isEqualTo("cheap");
    }

    @Test
    void areRefusedWithEveryFaultOfTheFile() {
      List<String> faults =
          faults(
              () ->
                  deployments(
                      "id,accepted_tiers,min_performance,replicas,min_replicas,max_gas_price",
                      "a,1|9,0,0,,5",
                      "b,,0,2,3,0"));
      assertThat(faults)
          .containsExactly(
              "d.csv:2: replicas: 0 is not 1..1000",
              "d.csv:2: accepted_tiers: is not one or more of 1..5 joined by |",
              "d.csv:3: min_replicas: 3 is not 1..2",
              "d.csv:3: max_gas_price: 0 is not 1.." + Long.MAX_VALUE,
              "d.csv:3: accepted_tiers: is not one or more of 1..5 joined by |");
    }

    @Test
    void ofTheSharedFleetsAreRead() throws IOException {
      assertThat(DeploymentCsv.read(shared("fleets/phala-a/deployments.csv"), DURATIONS))
          .hasSize(362);
      assertThat(DeploymentCsv.read(shared("placement/openb-gpuspec10/deployments.csv"), DURATIONS))
          .isNotEmpty();
    }
  }
}
