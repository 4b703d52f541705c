package io.phalanx.simulator.shape;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Miners from a CSV file of the offline planner's format; {@code stake} is in PHA. Rows that are
 * not Idle, or not responsive, are registered and not started, for the planner leaves them out too.
 */
public final class MinerCsv {
  private static final List<String> REQUIRED =
      List.of("id", "tier", "performance", "operator", "region", "ask");
  private static final List<String> STATES = List.of("Idle", "Active", "Stopped", "CoolingDown");

  private MinerCsv() {}

  /**
   * Reads every miner.
   *
   * @throws BadCsvException naming every fault
   */
  public static List<MinerSpec> read(Path file) throws IOException {
    return parse(file.toString(), Files.readAllLines(file));
  }

  static List<MinerSpec> parse(String file, List<String> lines) {
    Set<String> ids = new HashSet<>();
    return CsvTable.read(file, lines, REQUIRED, row -> miner(row, ids));
  }

  private static MinerSpec miner(CsvRow row, Set<String> ids) {
    String id = row.text("id");
    if (!ids.add(id)) {
      row.fault("id", "'" + id + "' is there twice");
    }
    int tier = (int) row.number("tier", 1, 5);
    int performance = (int) row.number("performance", 0, 1_000_000);
    String state = row.oneOf("state", STATES, "Idle");
    boolean responsive = row.number("responsive", 0, 1, 1) == 1;
    return new MinerSpec(
        id,
        tier,
        performance,
        row.name("operator"),
        row.name("region"),
        row.number("ask", 0, Long.MAX_VALUE),
        stake(row, tier, performance),
        responsive && state.equals("Idle"));
  }

  /** Without a column: twice the minimum, which every guard lets pass. */
  private static BigInteger stake(CsvRow row, int tier, int performance) {
    long twice = 2 * StartGuards.minimumStakePha(performance);
    long usual = Math.max(0, Math.min(StartGuards.maximumStakePha(tier, performance), twice));
    long pha = row.number("stake", 0, 1_000_000_000_000L, usual);
    return BigInteger.valueOf(pha).multiply(MinerSpec.PICO);
  }
}
