package io.phalanx.placement.file;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Market;
import io.phalanx.placement.TierSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of miners. */
final class MinerTable {
  static final long MAX_PRICE = 999_999_999_999_999_999L;
  private static final Map<String, Boolean> IDLE_BY_STATE =
      Map.of("Idle", true, "Active", false, "Stopped", false, "CoolingDown", false);

  private final List<MinerRow> rows;
  private final boolean serviceRules;

  private MinerTable(List<MinerRow> rows, boolean serviceRules) {
    this.rows = rows;
    this.serviceRules = serviceRules;
  }

  static MinerTable read(CsvFile file, boolean serviceRules) {
    file.require("id", "tier", "performance", "operator", "region", "ask");
    if (serviceRules) {
      file.require("stake");
    }
    List<MinerRow> rows = new ArrayList<>(file.rows().size());
    Set<String> ids = new HashSet<>();
    for (CsvRow row : file.rows()) {
      MinerRow miner = read(row, serviceRules && file.has("stake"));
      if (file.has("id") && !ids.add(miner.candidate().minerId())) {
        row.fault("id", "is there twice: '" + miner.candidate().minerId() + "'");
      }
      rows.add(miner);
    }
    return new MinerTable(rows, serviceRules);
  }

  /** The miners that take part, in the file's order. */
  List<Candidate> candidates() {
    return rows.stream()
        .filter(row -> row.takesPart() && (!serviceRules || StartGuards.admit(row)))
        .map(MinerRow::candidate)
        .toList();
  }

  /**
   * All operators of the file; where lines of one operator disagree on its Active miners, the
   * highest counts.
   */
  Market market(long referencePrice) {
    Map<String, Integer> active = new HashMap<>();
    for (MinerRow row : rows) {
      active.merge(row.candidate().operator(), row.operatorActive(), Math::max);
    }
    long sum = active.values().stream().mapToLong(Integer::longValue).sum();
    return new Market(
        referencePrice, active.size(), (int) Math.min(Integer.MAX_VALUE, sum), active);
  }

  private static MinerRow read(CsvRow row, boolean withStake) {
    Candidate candidate =
        new Candidate(
            row.name("id"),
            (int) row.number("tier", TierSet.BEST, TierSet.WORST),
            (int) row.number("performance", 0, Integer.MAX_VALUE),
            row.name("operator"),
            row.name("region"),
            row.number("ask", 0, MAX_PRICE),
            row.number("idle_s", 0, Integer.MAX_VALUE, 0));
    boolean idle = row.word("state", IDLE_BY_STATE, true);
    boolean responsive = row.number("responsive", 0, 1, 1) == 1;
    int active = (int) row.number("operator_active", 0, Integer.MAX_VALUE, 0);
    BigDecimal stake = withStake ? row.decimal("stake") : BigDecimal.ZERO;
    return new MinerRow(candidate, idle && responsive, active, stake);
  }
}
