package io.phalanx.placement.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanRunTest {
  private static final String MINERS = "id,tier,performance,operator,region,ask\n";
  private static final String DEPLOYMENTS =
      "id,accepted_tiers,min_performance,replicas,max_gas_price\n";

  @TempDir Path dir;

  @Nested
  class Run {
    @Test
    void plansAndCounts() throws IOException {
      PlanOutcome.Planned planned =
          planned(
              MINERS + "a,1,800,op-a,eu,100\nb,3,800,op-b,eu,200\n",
              DEPLOYMENTS + "x,1,0,1,500\ny,1|2|3,0,1,400\nz,1|2|3|4|5,0,2,300\n");
      PlanResult result = planned.result();
      assertThat(result.miners()).isEqualTo(2);
      assertThat(result.deployments()).isEqualTo(3);
      assertThat(result.replicas()).isEqualTo(4);
      assertThat(result.placedDeployments()).isEqualTo(2);
      assertThat(result.placedReplicas()).isEqualTo(2);
      assertThat(result.value()).isEqualTo(900);
      assertThat(result.valueBound()).isEqualTo(900);
      // x on a: economy 3·900, speed 2·266, security 1000, frugality 900, rest 0, dispersion 2·1000
      // y on b: economy 3·800, speed 2·266, security 500, frugality 900, rest 0, dispersion 2·1000
      assertThat(planned.placements())
          .isEqualTo("deployment,replica,miner,fit\nx,0,a,7132\ny,0,b,6332\n");
      assertThat(result.fit()).isEqualTo(7132 + 6332);
    }

    @Test
    void readsColumnsByNameAndIgnoresOthers() throws IOException {
      PlanOutcome.Planned planned =
          planned(
              """
              ask,note,region,operator,performance,tier,id,idle_s,operator_active
              100,hello,eu,op,800,3,a,4000,5
              """,
              """
              bid,replicas,min_performance,accepted_tiers,id,preference,waited_s,regions
              900,1,0,3|2,d,cheap,3600,us|eu
              """);
      assertThat(planned.result().value()).isEqualTo(900 + 1000);
      // economy 5·900, frugality 3·900, rest 1000, dispersion 1000 − 1000·5·1/10
      assertThat(planned.result().fit()).isEqualTo(4500 + 2700 + 1000 + 500);
    }

    @Test
    void takesOnlyIdleAndResponsiveMiners() throws IOException {
      PlanOutcome.Planned planned =
          planned(
              """
              id,tier,performance,operator,region,ask,state,responsive
              a,1,1,o,eu,1,Idle,0
              b,1,1,o,eu,1,Active,1
              c,1,1,o,eu,1,Stopped,1
              d,1,1,o,eu,1,CoolingDown,
              e,1,1,o,eu,1,,
              """,
              DEPLOYMENTS + "x,1,0,1,500\n");
      assertThat(planned.result().miners()).isEqualTo(1);
      assertThat(planned.placements()).contains("x,0,e,");
    }

    @Test
    void needsAllReplicasUnlessAMinimumIsGiven() throws IOException {
      String miners = MINERS + "a,1,800,op-a,eu,100\nb,1,800,op-a,eu,200\n";
      assertThat(planned(miners, DEPLOYMENTS + "x,1,0,3,500\n").result().placedReplicas()).isZero();
      String withMinimum =
          "id,accepted_tiers,min_performance,replicas,max_gas_price,min_replicas,max_per_operator\n";
      assertThat(planned(miners, withMinimum + "x,1,0,3,500,1,0\n").result().placedReplicas())
          .isEqualTo(2);
      assertThat(planned(miners, withMinimum + "x,1,0,3,500,1,\n").result().placedReplicas())
          .isEqualTo(1);
    }

    @Test
    void leavesOutWhoTheServiceWouldNotStart() throws IOException {
      // the least stake of P 400 is 50·20; V_e of tier 1 is 1.5·(stake + 0.3·P), of tier 5 1.35·…
      String miners =
          """
              id,tier,performance,operator,region,ask,stake
              slow,1,49,o,eu,1,5000
              poor,1,400,o,eu,1,999.999
              just,1,400,o,eu,1,1000
              limit,1,400,o,eu,1,19880
              rich,1,400,o,eu,1,19880.000000000001
              five,5,400,o,eu,1,22000
              """;
      write(miners, DEPLOYMENTS + "x,1|5,0,1,500\n");
      PlanOptions strict =
          new PlanOptions(
              dir.resolve("m.csv"), dir.resolve("d.csv"), Duration.ofMinutes(1), 0, 1, 1000, true);
      PlanOutcome outcome = PlanRun.run(strict);
      assertThat(((PlanOutcome.Planned) outcome).result().miners()).isEqualTo(3);
    }

    @Test
    void repeatsTheSamePlan() throws IOException {
      write(MINERS + "a,1,800,op-a,eu,100\n", DEPLOYMENTS + "x,1,0,1,500\n");
      PlanOptions repeated =
          new PlanOptions(
              dir.resolve("m.csv"), dir.resolve("d.csv"), Duration.ofMinutes(1), 9, 4, 500, false);
      PlanResult result = ((PlanOutcome.Planned) PlanRun.run(repeated)).result();
      assertThat(result.placedReplicas()).isEqualTo(1);
      assertThat(result.seed()).isEqualTo(9);
      assertThat(result.millis().total()).isPositive();
    }

    @Test
    void plansNothingOfEmptyTables() throws IOException {
      assertThat(planned(MINERS, DEPLOYMENTS).result().placedReplicas()).isZero();
    }
  }

  @Nested
  class Faults {
    @Test
    void nameFileLineAndColumn() throws IOException {
      List<Fault> faults =
          faults(
              MINERS + "a,6,800,op,eu,100\nb,1,-1,op,eu,1.5\nb,1,1,,eu,1\n",
              DEPLOYMENTS + "x,1|9,0,0,500\nx,,a,2,500\n");
      assertThat(faults)
          .extracting(f -> Path.of(f.file()).getFileName() + ":" + f.line() + ":" + f.column())
          .containsExactlyInAnyOrder(
              "m.csv:2:tier",
              "m.csv:3:performance",
              "m.csv:3:ask",
              "m.csv:4:id",
              "m.csv:4:operator",
              "d.csv:2:accepted_tiers",
              "d.csv:2:replicas",
              "d.csv:3:id",
              "d.csv:3:accepted_tiers",
              "d.csv:3:min_performance");
    }

    @Test
    void nameEveryMissingColumn() throws IOException {
      assertThat(faults("id,tier\na,1\n", "id\nx\n"))
          .extracting(Fault::column)
          .containsExactlyInAnyOrder(
              "performance",
              "operator",
              "region",
              "ask",
              "accepted_tiers",
              "min_performance",
              "replicas",
              "max_gas_price");
    }

    @Test
    void coverQuotesWidthAndTwins() throws IOException {
      assertThat(
              faults(
                  "id,tier,performance,operator,region,ask,id\n",
                  DEPLOYMENTS + "\"x\",1,0,1,5\ny,1,0,1\n\n"))
          .extracting(f -> f.line() + ":" + f.column())
          .containsExactlyInAnyOrder(
              "1:id",
              "2:id",
              "3:max_gas_price",
              "4:accepted_tiers, min_performance, replicas, max_gas_price");
    }

    @Test
    void coverWordsAndRanges() throws IOException {
      assertThat(
              faults(
                  """
              id,tier,performance,operator,region,ask,state,responsive
              a,1,1,o,eu,1,idle,2
              b,1,1,o,eu,01,Idle,1
              c,1,1,o,eu,99999999999999999999,Idle,1
              """,
                  """
              id,accepted_tiers,min_performance,replicas,bid,min_replicas,preference,regions
              x,1,0,2,5,3,best,eu||us
              """))
          .extracting(f -> f.line() + ":" + f.column())
          .containsExactlyInAnyOrder(
              "2:state",
              "2:responsive",
              "3:ask",
              "4:ask",
              "2:min_replicas",
              "2:preference",
              "2:regions");
    }

    @Test
    void coverFilesThatCannotBeRead() throws IOException {
      write("", DEPLOYMENTS);
      Files.write(dir.resolve("bad.csv"), new byte[] {'i', 'd', (byte) 0xff, '\n'});
      assertThat(faults(dir.resolve("gone.csv"), dir.resolve("bad.csv"))).hasSize(2);
      assertThat(faults(dir.resolve("m.csv"), dir.resolve("d.csv")))
          .extracting(Fault::detail)
          .containsExactly("there is no header");
    }

    @Test
    void readAsOneLine() {
      assertThat(new Fault("m.csv", 3, "tier", "is wrong")).hasToString("m.csv:3: tier: is wrong");
      assertThat(new Fault("m.csv", 0, "", "is gone")).hasToString("m.csv: is gone");
    }
  }

  @Nested
  class Options {
    @Test
    void areChecked() {
      Path any = Path.of("x");
      assertThatThrownBy(() -> new PlanOptions(any, any, Duration.ZERO, 0, 1, 1000, false))
          .hasMessageContaining("time-limit");
      assertThatThrownBy(() -> new PlanOptions(any, any, Duration.ofSeconds(1), 0, 0, 1, false))
          .hasMessageContaining("repeat");
      assertThatThrownBy(() -> new PlanOptions(any, any, Duration.ofSeconds(1), 0, 1, 0, false))
          .hasMessageContaining("reference-price");
    }
  }

  private void write(String miners, String deployments) throws IOException {
    Files.writeString(dir.resolve("m.csv"), miners, StandardCharsets.UTF_8);
    Files.writeString(dir.resolve("d.csv"), deployments, StandardCharsets.UTF_8);
  }

  private PlanOutcome.Planned planned(String miners, String deployments) throws IOException {
    write(miners, deployments);
    PlanOutcome outcome = PlanRun.run(PlanOptions.of(dir.resolve("m.csv"), dir.resolve("d.csv")));
    assertThat(outcome).isInstanceOf(PlanOutcome.Planned.class);
    return (PlanOutcome.Planned) outcome;
  }

  private List<Fault> faults(String miners, String deployments) throws IOException {
    write(miners, deployments);
    return faults(dir.resolve("m.csv"), dir.resolve("d.csv"));
  }

  private static List<Fault> faults(Path miners, Path deployments) {
    PlanOutcome outcome = PlanRun.run(PlanOptions.of(miners, deployments));
    assertThat(outcome).isInstanceOf(PlanOutcome.Faults.class);
    return ((PlanOutcome.Faults) outcome).faults();
  }
}
