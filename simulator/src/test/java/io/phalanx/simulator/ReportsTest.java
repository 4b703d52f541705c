package io.phalanx.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.phalanx.simulator.ledger.LedgerVerdict;
import io.phalanx.simulator.stats.Count;
import io.phalanx.simulator.stats.Statistics;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReportsTest {
  /** Counts whose name in the report is not their own. */
  private static final Map<Count, String> NAMES =
      new EnumMap<>(
          Map.of(
              Count.DEPLOYMENTS_RUNNING, "deploymentsRun",
              Count.DEPLOYMENTS_ENDED, ""));

  private static String fieldOf(Count count) {
    StringBuilder field = new StringBuilder();
    for (String word : count.name().split("_", -1)) {
      String lower = word.toLowerCase(Locale.ROOT);
      field.append(
          field.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
    }
    return NAMES.getOrDefault(count, field.toString());
  }

  @Nested
  class Of {
    @Test
    void putsEachCountWhereItsNameSays() throws Exception {
      Statistics statistics = new Statistics();
      long value = 1_000;
      for (Count count : Count.values()) {
        statistics.add(count, value++);
      }
      Reports.Outcome outcome = new Reports.Outcome(1, 2, 3, 4, 5, 6, LedgerVerdict.none());
      SimulationReport report = Reports.of(outcome, statistics, Optional.empty());
      JsonNode json = new ObjectMapper().readTree(report.toJson());
      for (Count count : Count.values()) {
        String field = fieldOf(count);
        if (!field.isEmpty()) {
          assertThat(json.path(field).asLong()).as(field).isEqualTo(statistics.get(count));
        }
      }
      assertThat(json.path("fleetUpMs").asInt()).isEqualTo(3);
      assertThat(json.path("runMs").asInt()).isEqualTo(4);
      assertThat(json.path("deploymentsPending").asInt()).isEqualTo(5);
      assertThat(json.path("unanswered").asInt()).isEqualTo(6);
      assertThat(json.path("acceptedToPlacedMs").has("p99")).isTrue();
    }
  }
}
