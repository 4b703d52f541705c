package io.phalanx.scheduler.world;

import io.phalanx.scheduler.deployment.AssignmentState;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.miner.MinerState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which states follow which: the tables of the documentation, in the test's own hand. A row says
 * what a state may become.
 */
public final class Moves {

  private static final String MINER =
      """
      STOPPED      IDLE
      IDLE         ACTIVE COOLING_DOWN
      ACTIVE       IDLE COOLING_DOWN
      COOLING_DOWN STOPPED
      """;

  private static final String ASSIGNMENT =
      """
      OFFERED RUNNING ENDED
      RUNNING ENDED
      ENDED
      """;

  /** Pending becomes Running at once only when fewer minReplicas are asked for. */
  private static final String DEPLOYMENT =
      """
      PENDING  PLACED RUNNING ENDED
      PLACED   PENDING RUNNING ENDED
      RUNNING  DEGRADED ENDED
      DEGRADED RUNNING ENDED
      ENDED
      """;

  private Moves() {}

  /** What a miner may become. */
  public static Map<MinerState, Set<MinerState>> ofMiners() {
    return table(MinerState.class, MINER);
  }

  /** What an assignment may become. */
  public static Map<AssignmentState, Set<AssignmentState>> ofAssignments() {
    return table(AssignmentState.class, ASSIGNMENT);
  }

  /** What a deployment may become. */
  public static Map<DeploymentState, Set<DeploymentState>> ofDeployments() {
    return table(DeploymentState.class, DEPLOYMENT);
  }

  private static <E extends Enum<E>> Map<E, Set<E>> table(Class<E> type, String text) {
    Map<E, Set<E>> table = new TreeMap<>();
    for (String row : text.lines().toList()) {
      String[] names = row.trim().toUpperCase(Locale.ROOT).split(" +");
      Set<E> next = EnumSet.noneOf(type);
      Arrays.stream(names).skip(1).forEach(name -> next.add(Enum.valueOf(type, name)));
      table.put(Enum.valueOf(type, names[0]), next);
    }
    return table;
  }
}
