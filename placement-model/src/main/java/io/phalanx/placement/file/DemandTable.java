package io.phalanx.placement.file;

import io.phalanx.placement.Demand;
import io.phalanx.placement.Preference;
import io.phalanx.placement.TierSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of deployments. */
final class DemandTable {
  private static final int MAX_REPLICAS = 10_000;
  private static final long MAX_WAIT_SECONDS = 1L << 40;
  private static final String TIERS = "accepted_tiers";
  private static final Map<String, Preference> PREFERENCES =
      Map.of(
          "balanced",
          Preference.BALANCED,
          "secure",
          Preference.SECURE,
          "fast",
          Preference.FAST,
          "cheap",
          Preference.CHEAP);

  private DemandTable() {}

  static List<Demand> read(CsvFile file) {
    file.require("id", TIERS, "min_performance", "replicas");
    String price = file.has("bid") && !file.has("max_gas_price") ? "bid" : "max_gas_price";
    file.require(price);
    List<Demand> demands = new ArrayList<>(file.rows().size());
    Set<String> ids = new HashSet<>();
    for (CsvRow row : file.rows()) {
      Demand demand = read(row, file.has(TIERS), price);
      if (file.has("id") && !ids.add(demand.deploymentId())) {
        row.fault("id", "is there twice: '" + demand.deploymentId() + "'");
      }
      demands.add(demand);
    }
    return demands;
  }

  private static Demand read(CsvRow row, boolean hasTiers, String price) {
    int replicas = (int) row.number("replicas", 1, MAX_REPLICAS);
    return new Demand(
        row.name("id"),
        hasTiers ? tiers(row) : TierSet.of(TierSet.BEST),
        (int) row.number("min_performance", 0, Integer.MAX_VALUE),
        row.number(price, 0, MinerTable.MAX_PRICE),
        row.names("regions"),
        row.names("allow_operators"),
        row.names("deny_operators"),
        Set.of(),
        row.word("preference", PREFERENCES, Preference.BALANCED),
        replicas,
        (int) row.number("min_replicas", 1, replicas, replicas),
        (int) row.number("max_per_operator", 0, Integer.MAX_VALUE, 1),
        Map.of(),
        row.number("waited_s", 0, MAX_WAIT_SECONDS, 0));
  }

  private static TierSet tiers(CsvRow row) {
    int mask = 0;
    for (String part : row.parts(TIERS)) {
      boolean isTier = part.length() == 1 && part.charAt(0) >= '1' && part.charAt(0) <= '5';
      int bit = isTier ? 1 << (part.charAt(0) - '0') : 0;
      if (!isTier || (mask & bit) != 0) {
        row.fault(TIERS, "is no list of different tiers 1..5 such as 1|2: '" + part + "'");
      }
      mask |= bit;
    }
    return mask == 0 ? TierSet.of(TierSet.BEST) : new TierSet(mask);
  }
}
