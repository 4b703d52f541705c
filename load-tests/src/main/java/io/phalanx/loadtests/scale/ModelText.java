package io.phalanx.loadtests.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The model in words and tables. */
final class ModelText {
  private static final int[] NODES_OF_ONE_CELL = {3, 10, 100, 1_000};
  private static final int[] NODES = {3, 100, 1_000};

  private final List<String> lines = new ArrayList<>();
  private final ScaleModel model;
  private final int measured;

  /**
   * Text about that model.
   *
   * @param measured nodes of the cluster that its figures are from
   */
  ModelText(ScaleModel model, int measured) {
    this.model = model;
    this.measured = measured;
  }

  List<String> lines() {
    inputs();
    formulas();
    oneCell();
    cells();
    crossing();
    return lines;
  }

  private void inputs() {
    add(
        "An extrapolation, not a measurement. Its figures are those above of %d nodes; its"
            + " assumptions: every machine has %d processors as fast as this one's, each node and"
            + " each database one of its own; %.0f %% of them are used; a cell has %d nodes; a"
            + " miner sends a heartbeat every %.0f s and a reading every %.0f s, each a signed"
            + " request of its own; a reading costs what a deployment costs; the network costs"
            + " nothing; load is spread evenly over the nodes that do not lead. Memory is not in"
            + " it, nor the planning of rounds.",
        measured,
        ScaleModel.CORES,
        100 * ScaleModel.USED,
        ScaleModel.NODES_OF_A_CELL,
        ScaleModel.HEARTBEAT_EVERY_S,
        ScaleModel.READING_EVERY_S);
    add("");
    add("| figure | µs | what |");
    add("| --- | ---: | --- |");
    input("L", model.leader(), "leader, of a write that another node brought");
    input("T", model.taker(), "the node that brought it");
    input("F", model.follower(), "each other node, which folds it");
    input("D", model.database(), "database, with the smallest cluster on it");
    input("d", model.reader(), "database, for each node more");
    input("s", model.serial(), "the busier of the two threads that every event goes through");
    input("r", model.read(), "a node, of a read");
    input("h", model.history(), "database, of a read: asked for what has ended of it");
    input("c", model.check(), "a node, of a signature");
  }

  private void input(String name, double micros, String what) {
    add("| %s | %.1f | %s |", name, micros, what);
  }

  private void formulas() {
    add("");
    add(
        "With B = %d × %.1f × 10⁶ µs for each machine and second, and n nodes of a cell:",
        ScaleModel.CORES, ScaleModel.USED);
    add("");
    add(
        "- writes a second W(n) = min(B / L, %.1f × 10⁶ / s, B / (D + (n − 1) d))",
        ScaleModel.USED);
    add(
        "- reads a second at w writes = min(((n − 1) B − w (n − 2) F − w T) / r,"
            + " (B − w (D + (n − 1) d)) / h)");
    add("- signatures a second of a node = B / c");
    add(
        "- miners M(n) = min(B / (L m), min(%.1f × 10⁶ / s, B / (D + (n − 1) d)) × %.0f, (n"
            + " − 1) B / ((c + T) m)) with m = %.3f requests of a miner a second",
        ScaleModel.USED, ScaleModel.READING_EVERY_S, ScaleModel.requestsOfAMiner());
  }

  private void oneCell() {
    add("");
    add("One cell with more and more nodes; reads are at half of its writes:");
    add("");
    add(
        "| nodes of the cell | writes/s by leader | by one thread | by database | W |"
            + " reads/s at W / 2 |");
    add("| ---: | ---: | ---: | ---: | ---: | ---: |");
    for (int nodes : NODES_OF_ONE_CELL) {
      double writes = model.writes(nodes);
      add(
          "| %,d | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f |",
          nodes,
          model.byLeader(),
          model.bySerial(),
          model.byDatabase(nodes),
          writes,
          model.reads(nodes, writes / 2));
    }
    add("");
    add(
        "More nodes of a cell give it signatures, and reads until the database is full; they take"
            + " from the database and never give it writes. More writes need more cells, each with a journal, a leader"
            + " and a database of its own.");
  }

  private void cells() {
    int size = ScaleModel.NODES_OF_A_CELL;
    add("");
    add("Cells of %d nodes:", size);
    add("");
    add(
        "| nodes | cells | writes/s | reads/s at half of them | signatures/s | miners, heard"
            + " and metered |");
    add("| ---: | ---: | ---: | ---: | ---: | ---: |");
    for (int nodes : NODES) {
      int cells = nodes / size;
      double writes = model.writes(size);
      add(
          "| %,d | %,d | %,.0f | %,.0f | %,.0f | %,.0f |",
          nodes,
          cells,
          cells * writes,
          cells * model.reads(size, writes / 2),
          nodes * model.signatures(),
          cells * model.miners(size));
    }
    add("");
    add(
        "The columns do not add up: each says what is left when the others ask for nothing,"
            + " but for reads. No cell of so many miners was run; the largest that was placed on is"
            + " in [load-tests/README.md](../../../load-tests/README.md).");
  }

  private void crossing() {
    add("");
    add("### What crosses cells");
    add("");
    add("| what | |");
    add("| --- | --- |");
    add(
        "| journal, leader, lease, history, snapshots | never: every row and key names its"
            + " cell |");
    add(
        "| miners, deployments, assignments, accounts, settlements, receipts | never: each"
            + " is in one cell, and a cell places only on its own miners |");
    add("| API keys, policy, collateral | never: issued and published in each cell |");
    add(
        "| processes | a node serves one cell; several cells on one machine are several"
            + " processes |");
    add(
        "| which cell a caller goes to | decided outside, by region for instance: there is"
            + " no router here |");
    lines.add("");
    lines.add(
        "So a thousand nodes as cells are as many services beside each other: what one cell"
            + " has too much of, another cannot take, a developer with budgets in several cells has"
            + " several accounts, and the payout layer gets a stream of settlements of each.");
  }

  private void add(String format, Object... values) {
    lines.add(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
  }
}
