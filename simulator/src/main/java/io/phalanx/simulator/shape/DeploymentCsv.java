package io.phalanx.simulator.shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Deployments from a CSV file of the offline planner's format. The file says nothing of how long a
 * contract runs, so that is drawn; {@code waited_s} cannot be told to a service and is left out.
 */
public final class DeploymentCsv {
  private static final List<String> REQUIRED =
      List.of("id", "accepted_tiers", "min_performance", "replicas");
  private static final List<String> PREFERENCES = List.of("balanced", "secure", "fast", "cheap");

  private DeploymentCsv() {}

  /**
   * Reads every deployment.
   *
   * @param durations how long each runs is drawn from it
   * @throws BadCsvException naming every fault
   */
  public static List<DeploymentSpec> read(Path file, DemandShape durations) throws IOException {
    return parse(file.toString(), Files.readAllLines(file), durations);
  }

  static List<DeploymentSpec> parse(String file, List<String> lines, DemandShape durations) {
    Set<String> ids = new HashSet<>();
    SplittableRandom random = new SplittableRandom(durations.seed());
    boolean bids = !lines.isEmpty() && !CsvTable.split(lines.get(0)).contains("max_gas_price");
    String price = bids ? "bid" : "max_gas_price";
    List<String> required = new ArrayList<>(REQUIRED);
    required.add(price);
    return CsvTable.read(
        file, lines, required, row -> deployment(row, price, ids, durations.drawDuration(random)));
  }

  private static DeploymentSpec deployment(
      CsvRow row, String priceColumn, Set<String> ids, Duration runsFor) {
    String id = row.name("id");
    if (!ids.add(id)) {
      row.fault("id", "'" + id + "' is there twice");
    }
    int replicas = (int) row.number("replicas", 1, 1_000);
    int minReplicas = (int) row.number("min_replicas", 1, replicas, replicas);
    long price = row.number(priceColumn, 1, Long.MAX_VALUE);
    return new DeploymentSpec(
        id,
        tiers(row),
        (int) row.number("min_performance", 0, 1_000_000),
        replicas,
        minReplicas,
        (int) row.number("max_per_operator", 0, 1_000, 1),
        row.names("regions"),
        row.names("allow_operators"),
        row.names("deny_operators"),
        row.oneOf("preference", PREFERENCES, "balanced"),
        price,
        DeploymentSpec.ampleBudget(price, replicas, runsFor),
        Optional.empty(),
        runsFor);
  }

  private static List<Integer> tiers(CsvRow row) {
    List<String> parts = row.list("accepted_tiers");
    if (parts.isEmpty() || !parts.stream().allMatch(part -> part.matches("[1-5]"))) {
      row.fault("accepted_tiers", "is not one or more of 1..5 joined by |");
      return List.of(1);
    }
    return parts.stream().map(Integer::valueOf).distinct().toList();
  }
}
