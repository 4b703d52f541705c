package io.phalanx.loadtests.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What came of partitions.
 *
 * @param parted each of them
 * @param cluster what journal and ledgers say
 */
public record PartitionReport(List<Parted> parted, ClusterReport cluster) {

  /**
   * A partition that happened.
   *
   * @param dropped packets that were lost by it
   * @param gap for how long no node took a write
   * @param longestAtOne for how long the node that had it worst took none
   * @param whole from its end until each node was ready, heard all others and had taken a write
   * @param staleAppends of a replaced leader, refused by the journal
   */
  public record Parted(
      PartitionShape shape,
      long dropped,
      Duration gap,
      Duration longestAtOne,
      Duration whole,
      int staleAppends) {}

  public PartitionReport {
    parted = List.copyOf(parted);
  }

  /** Whether every partition really happened, and nothing was lost, doubled or violated. */
  public boolean holds() {
    return !parted.isEmpty()
        && parted.stream().allMatch(one -> one.dropped() > 0)
        && cluster.holds();
  }

  /** The report for people. */
  public String text() {
    return parted.stream()
            .map(Parted::shape)
            .distinct()
            .map(this::line)
            .collect(Collectors.joining())
        + cluster.text();
  }

  private String line(PartitionShape shape) {
    List<Parted> all = parted.stream().filter(one -> one.shape() == shape).toList();
    return String.format(
        Locale.ROOT,
        "%s: %d times, %d packets lost; median and longest ms: no write at any node %s, at one"
            + " node %s, until whole again %s; %d stale appends refused%n",
        shape,
        all.size(),
        all.stream().mapToLong(Parted::dropped).sum(),
        times(all, Parted::gap),
        times(all, Parted::longestAtOne),
        times(all, Parted::whole),
        all.stream().mapToInt(Parted::staleAppends).sum());
  }

  private static String times(List<Parted> parted, Function<Parted, Duration> time) {
    return ClusterReport.times(parted.stream().map(time));
  }
}
