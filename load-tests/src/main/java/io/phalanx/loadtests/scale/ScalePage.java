package io.phalanx.loadtests.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page about what was measured: tables, what they say, and the model. */
final class ScalePage {
  /** The thread that decides. */
  static final String WRITER = "phalanx-writer";

  /** The thread that makes rows durable. */
  static final String JOURNAL = "phalanx-journal";

  private final List<String> page = new ArrayList<>();
  private final ScalePlan plan;
  private final List<SizeFigures> sizes;
  private final SignatureFigures signatures;
  private final double busy;

  private ScalePage(
      ScalePlan plan, List<SizeFigures> sizes, SignatureFigures signatures, double busy) {
    this.busy = busy;
    this.plan = plan;
    this.sizes = sizes;
    this.signatures = signatures;
  }

  /**
   * The page's lines.
   *
   * @param busy load average of the machine before anything was measured
   */
  static List<String> of(
      ScalePlan plan, List<SizeFigures> sizes, SignatureFigures signatures, double busy) {
    ScalePage page = new ScalePage(plan, sizes, signatures, busy);
    page.introduction();
    page.loads();
    page.writing();
    page.reading();
    page.checking();
    page.says();
    page.model();
    return page.page;
  }

  private void introduction() {
    add("# Scale: one, two and three nodes, and what that says of more");
    add("");
    add(
        "Written by `load-tests/run ScaleBenchmark --nodes %s --out docs/benchmarks/scale`."
            + " Real nodes, each a process of its own with a heap of %s, on one PostgreSQL with"
            + " fsync on; %d keep-alive connections in all, closed loop; %d windows of %d s of each"
            + " kind in turn after %d s of warm-up; open mode. **Nodes, database and load share one"
            + " machine with %d processors** whose load average was %.1f before, so answers a second cannot rise with the number of"
            + " nodes here, and are no ceiling. What can be compared is the processor time of one"
            + " operation; what the same processes use while nothing is asked is taken off.",
        plan.nodes().stream().map(String::valueOf).collect(Collectors.joining(",")),
        plan.heap(),
        plan.connections(),
        plan.windows(),
        plan.window().toSeconds(),
        plan.warmUp().toSeconds(),
        Runtime.getRuntime().availableProcessors(),
        busy);
  }

  private void loads() {
    title("What one operation costs");
    add(
        "`leader`: the node that leads. `asked`: all others that were asked, together."
            + " `other`: each node that was neither. `database`: all its processes. Microseconds of"
            + " processor time for one answer of 2xx.");
    add("");
    add(
        "| nodes | load | answers/s here | p50 ms | p99 ms | leader µs | asked µs | other µs"
            + " | database µs | all together µs |");
    add("| ---: | --- | " + "---: | ".repeat(8).strip());
    for (SizeFigures size : sizes) {
      size.costs()
          .forEach(
              (load, cost) ->
                  add(
                      "| %d | %s | %,.0f | %.1f | %.1f | %.0f | %.0f | %.0f | %.0f | %.0f |",
                      size.nodes(),
                      load.title(),
                      cost.perSecond(),
                      cost.p50Ms(),
                      cost.p99Ms(),
                      cost.leader(),
                      cost.asked(),
                      cost.other(),
                      cost.database(),
                      cost.total(size.others(load))));
    }
    add("");
    add("Of one node a read and an echo are the leader's, as it is the only one.");
  }

  private void writing() {
    title("What every write of a cell goes through");
    add(
        "One thread decides, one makes rows durable with one append under way; both by the"
            + " leader's own figures over all windows of writes.");
    add("");
    add(
        "| nodes | rows | events in a row | bytes of an event | ms of an append | deciding,"
            + " µs of an event | journal, µs of an event | idle: ms of processor a second of all"
            + " nodes | of the database |");
    add("| ---: " + "| ---: ".repeat(8) + "|");
    for (SizeFigures size : sizes) {
      Writing writing = size.writing();
      add(
          "| %d | %,.0f | %.1f | %.0f | %.2f | %.1f | %.1f | %.0f | %.0f |",
          size.nodes(),
          writing.rows(),
          writing.eventsPerRow(),
          writing.bytesPerEvent(),
          writing.appendMs(),
          writing.threadMicros(WRITER),
          writing.threadMicros(JOURNAL),
          size.idle().nodes().stream().mapToDouble(used -> used.toNanos() / 1e6).sum(),
          size.idle().database().toNanos() / 1e6);
    }
  }

  private void reading() {
    title("A read at another node than the write's, at once");
    add("| nodes | waits with `Min-Journal-Position`, p50 ms | p99 ms | without it: missed |");
    add("| ---: | ---: | ---: | ---: |");
    for (SizeFigures size : sizes) {
      ReadProbe.Lateness late = size.lateness();
      if (late.reads() > 0) {
        add(
            "| %d | %.1f | %.1f | %d of %d |",
            size.nodes(), late.p50Ms(), late.p99Ms(), late.missed(), late.reads());
      }
    }
    add("");
    add("The wait is the whole request, with its connection. With the position none was missed.");
  }

  private void checking() {
    title("Signatures");
    add("| what | µs | a second and core |");
    add("| --- | ---: | ---: |");
    add(row("a read with an API key, the whole node", signatures.keyed()));
    add(row("the same signed (RFC 9421, Ed25519), the whole node", signatures.signed()));
    add(row("the difference: what a signature costs a node", signatures.check()));
    add(row("one verification of 300 bytes on one thread", signatures.verify()));
  }

  private static String row(String what, double micros) {
    return String.format(
        Locale.ROOT, "| %s | %.1f | %,.0f |", what, micros, 1e6 / Math.max(0.1, micros));
  }

  private void says() {
    title("What scales with nodes, and what does not");
    add("| what | with more nodes of one cell | why |");
    add("| --- | --- | --- |");
    add(
        "| reads, streams | grows, until the database is full | each node answers from its own"
            + " replica, and the leader is asked for nothing; but a read of one deployment asks the"
            + " database for assignments of it that have ended |");
    add(
        "| signatures, parsing, validation, evidence | grows | done where the request"
            + " arrives; the leader gets a small command |");
    add("| deciding | does not | one thread, on purpose: every decision sees the one before |");
    add(
        "| the journal | does not | one append under way; it carries more by longer rows, up"
            + " to 8,192 events |");
    add(
        "| folding | costs each node the same | every node applies every event, so writes"
            + " take from what a node has for reads |");
    add("| the database | costs grow | each node reads every row for itself |");
    add(
        "| planning rounds | does not | the leader plans; [its"
            + " figures](../placement/README.md) |");
  }

  private void model() {
    title("A model of 100 and 1,000 nodes");
    Optional<SizeFigures> large =
        sizes.stream().filter(size -> size.nodes() > 1).reduce((a, b) -> b);
    if (large.isEmpty() || sizes.get(0).nodes() >= large.get().nodes()) {
      add("Needs a measured cluster of several nodes beside a smaller one.");
      return;
    }
    page.addAll(
        new ModelText(ScaleModel.of(sizes.get(0), large.get(), signatures), large.get().nodes())
            .lines());
  }

  private void title(String title) {
    page.add("");
    page.add("## " + title);
    page.add("");
  }

  private void add(String format, Object... values) {
    page.add(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
  }
}
