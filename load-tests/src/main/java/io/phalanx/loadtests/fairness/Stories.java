package io.phalanx.loadtests.fairness;

import io.phalanx.loadtests.fairness.Story.Kind;
import io.phalanx.loadtests.fairness.Story.Machine;
import io.phalanx.loadtests.fairness.Story.Turn;
import io.phalanx.loadtests.fairness.Story.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Where stories come from: recorded data, or a seed. */
public final class Stories {
  private static final Path SHARED = Path.of("..", "shared");

  private Stories() {}

  /** The folder of recorded data: {@code phalanx.shared}, else beside the project. */
  public static Path recordings() {
    String named = System.getProperty("phalanx.shared");
    return (named == null ? SHARED : Path.of(named)).resolve("data");
  }

  /** Whether there is recorded data. */
  public static boolean areRecorded(Path data) {
    return Files.isDirectory(data.resolve("churn")) && Files.isDirectory(data.resolve("arrivals"));
  }

  /**
   * Thirty days of recorded comings and goings, with a recorded day of demand on each day.
   *
   * @param demandPercent how much of the demand is taken: all of it is more than the miners can
   *     serve
   */
  public static Story recorded(Path data, int days, int demandPercent) throws IOException {
    List<Machine> machines = new ArrayList<>();
    Map<String, Integer> index = new HashMap<>();
    for (Map<String, String> row : rows(data.resolve("churn").resolve("miners.csv"))) {
      index.put(cell(row, "id"), machines.size());
      machines.add(
          new Machine(
              cell(row, "id"),
              Integer.parseInt(cell(row, "tier")),
              Integer.parseInt(cell(row, "performance")),
              cell(row, "operator"),
              cell(row, "region").toLowerCase(Locale.ROOT),
              Long.parseLong(cell(row, "ask"))));
    }
    List<Turn> turns = new ArrayList<>();
    for (Map<String, String> row : rows(data.resolve("churn").resolve("miner_events.csv"))) {
      Integer machine = index.get(cell(row, "miner"));
      if (machine != null) {
        Kind kind = Kind.valueOf(cell(row, "event").toUpperCase(Locale.ROOT));
        turns.add(new Turn((long) Double.parseDouble(cell(row, "t_s")), kind, machine));
      }
    }
    List<Wish> wishes = new ArrayList<>();
    int owed = 0;
    Path arrivals = data.resolve("arrivals").resolve("azure-batches-dev");
    for (Map<String, String> row : rows(arrivals.resolve("deployments.csv"))) {
      owed += demandPercent;
      if (owed < 100) {
        continue;
      }
      owed -= 100;
      wishes.add(
          new Wish(
              (long) Double.parseDouble(cell(row, "arrival_s")),
              Arrays.stream(cell(row, "accepted_tiers").split("\\|"))
                  .map(Integer::valueOf)
                  .toList(),
              Integer.parseInt(cell(row, "min_performance")),
              Integer.parseInt(cell(row, "replicas")),
              Integer.parseInt(cell(row, "max_per_operator")),
              Long.parseLong(cell(row, "bid")),
              (long) Double.parseDouble(cell(row, "duration_s"))));
    }
    String source =
        "Recorded: 30 days of a compute market's comings, goings, failures and time-outs, and a day"
            + " of a cloud's arrivals, widths and durations, of which "
            + demandPercent
            + " % are taken, repeated every day.";
    return new Story(source, machines, turns, wishes).withEveryDayLikeTheFirst(days);
  }

  /** A made network of that size whose demand is about that much of what is online. */
  public static Story made(long seed, int miners, int days, int loadPercent) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Machine> machines = new ArrayList<>();
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < miners; i++) {
      double share = random.nextDouble();
      machines.add(
          new Machine(
              "made-" + i,
              1 + random.nextInt(5),
              random.nextInt(100, 2_500),
              "op-" + (int) (miners / 5.0 * share * share),
              random.nextBoolean() ? "eu" : "us",
              random.nextInt(50, 300)));
      comeAndGo(random, i, days, turns);
    }
    List<Wish> wishes = new ArrayList<>();
    long meanS = 7_200;
    double perSecond = miners * 0.8 * loadPercent / 100.0 / (meanS * 1.9);
    double at = 0;
    while (at < (double) days * Story.SECONDS_PER_DAY) {
      at += random.nextExponential() / perSecond;
      int replicas = new int[] {1, 1, 1, 1, 1, 2, 2, 3, 3, 4}[random.nextInt(10)];
      wishes.add(
          new Wish(
              (long) at,
              random.nextInt(5) == 0 ? List.of(1, 2) : List.of(1, 2, 3, 4, 5),
              random.nextInt(4) == 0 ? 500 : 0,
              replicas,
              0,
              random.nextInt(300, 1_500),
              (long) (300 + random.nextExponential() * meanS)));
    }
    return new Story("Made by seed " + seed + ".", machines, turns, wishes);
  }

  private static void comeAndGo(SplittableRandom random, int machine, int days, List<Turn> turns) {
    double at = random.nextInt(5) == 0 ? random.nextDouble() * Story.SECONDS_PER_DAY : 0;
    while (at < (double) days * Story.SECONDS_PER_DAY) {
      turns.add(new Turn((long) at, Kind.ONLINE, machine));
      at += random.nextExponential() * 4 * Story.SECONDS_PER_DAY;
      turns.add(new Turn((long) at, Kind.OFFLINE, machine));
      at += random.nextExponential() * Story.SECONDS_PER_DAY;
    }
  }

  private static List<Map<String, String>> rows(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] names = lines.get(0).split(",", -1);
    List<Map<String, String>> rows = new ArrayList<>(lines.size());
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  private static String cell(Map<String, String> row, String name) {
    String cell = row.get(name);
    if (cell == null) {
      throw new IllegalArgumentException("no column " + name);
    }
    return cell;
  }
}
