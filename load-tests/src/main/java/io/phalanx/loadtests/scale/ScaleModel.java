package io.phalanx.loadtests.scale;

/**
 * Where more nodes would stand, from what one operation costs each part. All costs are microseconds
 * of processor time; what is assumed beside them is a named constant, and said on the page.
 *
 * @param leader of a write that another node brought
 * @param taker of the node that brought it
 * @param follower of every other node, which folds it
 * @param database of a write in a cell of one node
 * @param reader of the database, for each node more that reads the row
 * @param serial of the busiest thread through which every event of a cell goes
 * @param read of the node that answers it
 * @param history of the database, which is asked for what has ended of what is read
 * @param check of a signature
 */
record ScaleModel(
    double leader,
    double taker,
    double follower,
    double database,
    double reader,
    double serial,
    double read,
    double history,
    double check) {
  /** Processors of each machine. */
  static final int CORES = 8;

  /** What of them is used, the rest is for peaks and for nodes that fail. */
  static final double USED = 0.6;

  /** Nodes of a cell: two may fail, and two are left to read at while one is restarted. */
  static final int NODES_OF_A_CELL = 3;

  /** A miner's heartbeat, one in so many seconds. */
  static final double HEARTBEAT_EVERY_S = 30;

  /** A miner's reading in a request of its own, one in so many seconds. */
  static final double READING_EVERY_S = 60;

  private static final double MICROS = 1e6;

  /** Of the largest cluster that was measured, beside the smallest. */
  static ScaleModel of(SizeFigures small, SizeFigures large, SignatureFigures signatures) {
    Cost forwarded = large.cost(Load.WRITE_FORWARDED);
    Cost direct = large.cost(Load.WRITE_DIRECT);
    double alone = small.cost(Load.WRITE_DIRECT).database();
    int more = large.nodes() - small.nodes();
    return new ScaleModel(
        forwarded.leader(),
        forwarded.asked(),
        direct.other(),
        alone,
        Math.max(0, direct.database() - alone) / more,
        Math.max(
            large.writing().threadMicros(ScalePage.WRITER),
            large.writing().threadMicros(ScalePage.JOURNAL)),
        large.cost(Load.READ_ONE).asked(),
        large.cost(Load.READ_ONE).database(),
        signatures.check());
  }

  /** Microseconds that a machine has for its work in a second. */
  static double budget() {
    return CORES * USED * MICROS;
  }

  /** Writes a second that a leader bears when all come through others. */
  double byLeader() {
    return budget() / leader;
  }

  /** Writes a second that one thread bears. */
  double bySerial() {
    return USED * MICROS / serial;
  }

  /** Writes a second that the database bears with so many nodes on it. */
  double byDatabase(int nodes) {
    return budget() / (database + (nodes - 1) * reader);
  }

  /** Writes a second of one cell. */
  double writes(int nodes) {
    return Math.min(Math.min(byLeader(), bySerial()), byDatabase(nodes));
  }

  /**
   * Reads a second of one cell's followers at so many writes, each of which one of them brings.
   *
   * @param writes a second of the cell
   */
  double reads(int nodes, double writes) {
    double folding = writes * (nodes - 2) * follower;
    double bringing = writes * taker;
    double byNodes = Math.max(0, (nodes - 1) * budget() - folding - bringing) / read;
    double writing = writes * (database + (nodes - 1) * reader);
    return Math.min(byNodes, Math.max(0, budget() - writing) / history);
  }

  /** Signatures a second that one node checks while it does nothing else. */
  double signatures() {
    return budget() / check;
  }

  /** Requests of one miner in a second. */
  static double requestsOfAMiner() {
    return 1 / HEARTBEAT_EVERY_S + 1 / READING_EVERY_S;
  }

  /**
   * Miners whose heartbeats and readings a cell bears while it does nothing else. A reading is
   * taken for as dear as a deployment, and a heartbeat for no event.
   */
  double miners(int nodes) {
    double byLeading = byLeader() / requestsOfAMiner();
    double byEvents = Math.min(bySerial(), byDatabase(nodes)) * READING_EVERY_S;
    double byTaking = (nodes - 1) * budget() / ((check + taker) * requestsOfAMiner());
    return Math.min(Math.min(byLeading, byEvents), byTaking);
  }
}
