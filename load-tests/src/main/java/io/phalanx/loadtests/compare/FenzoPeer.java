package io.phalanx.loadtests.compare;

import com.netflix.fenzo.ConstraintEvaluator;
import com.netflix.fenzo.SchedulingResult;
import com.netflix.fenzo.TaskRequest;
import com.netflix.fenzo.TaskScheduler;
import com.netflix.fenzo.TaskTrackerState;
import com.netflix.fenzo.VMTaskFitnessCalculator;
import com.netflix.fenzo.VirtualMachineCurrentState;
import com.netflix.fenzo.VirtualMachineLease;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.mesos.Protos;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Netflix Fenzo: each miner a machine with room for one task, each slot a task. */
final class FenzoPeer implements Peer {
  private static final double MOST_FIT = 20_000;

  @Override
  public String name() {
    return "Fenzo";
  }

  @Override
  public String configuration() {
    return "fenzo-core 1.0.1: a lease of one CPU for each miner, a task for each slot in the order of"
        + " falling value; eligibility and the operator's cap as a hard constraint, the fit as the"
        + " fitness calculator, no fitness good enough to stop early, autoscaling analysis off, its"
        + " own parallel evaluation on. It knows no gangs: broken ones are taken out afterwards.";
  }

  @Override
  public boolean takes(Size size, boolean all) {
    return size.miners() <= 10_000 || (all && !size.isLarge());
  }

  @Override
  public boolean hasOwnThreads() {
    return true;
  }

  @Override
  public Supplier<int[]> place(Grid grid) {
    TaskScheduler scheduler =
        new TaskScheduler.Builder()
            .withLeaseRejectAction(lease -> {})
            .withLeaseOfferExpirySecs(1_000_000)
            .withFitnessCalculator(new ByFit(grid))
            .withFitnessGoodEnoughFunction(fitness -> false)
            .disableShortfallEvaluation()
            .build();
    try {
      Suits suits = new Suits(grid);
      List<Task> tasks = new ArrayList<>(grid.slots);
      for (int d : grid.byValue()) {
        for (int slot = grid.firstSlot[d]; slot < grid.firstSlot[d + 1]; slot++) {
          tasks.add(new Task(d, slot, suits));
        }
      }
      List<VirtualMachineLease> leases = new ArrayList<>(grid.miners);
      for (int miner = 0; miner < grid.miners; miner++) {
        leases.add(new Lease(Integer.toString(miner)));
      }
      SchedulingResult result = scheduler.scheduleOnce(tasks, leases);
      return () -> grid.withoutBrokenGangs(minerOf(grid, result));
    } finally {
      scheduler.shutdown();
    }
  }

  private static int[] minerOf(Grid grid, SchedulingResult result) {
    int[] minerOf = grid.nothing();
    result
        .getResultMap()
        .forEach(
            (host, placed) ->
                placed
                    .getTasksAssigned()
                    .forEach(
                        task -> minerOf[((Task) task.getRequest()).slot] = Integer.parseInt(host)));
    return minerOf;
  }

  private static int minerOf(VirtualMachineCurrentState machine) {
    return Integer.parseInt(machine.getHostname());
  }

  private static final class ByFit implements VMTaskFitnessCalculator {
    private final Grid grid;

    ByFit(Grid grid) {
      this.grid = grid;
    }

    @Override
    public String getName() {
      return "fit";
    }

    @Override
    public double calculateFitness(
        TaskRequest task, VirtualMachineCurrentState machine, TaskTrackerState tracker) {
      return grid.fit(((Task) task).d, minerOf(machine)) / MOST_FIT;
    }
  }

  /** Whether the pair is eligible and the operator has room. */
  private static final class Suits implements ConstraintEvaluator {
    private static final Result YES = new Result(true, "");
    private static final Result NO = new Result(false, "not eligible");

    private final Grid grid;

    Suits(Grid grid) {
      this.grid = grid;
    }

    @Override
    public String getName() {
      return "suits";
    }

    @Override
    public Result evaluate(
        TaskRequest request, VirtualMachineCurrentState machine, TaskTrackerState tracker) {
      Task task = (Task) request;
      int miner = minerOf(machine);
      if (!grid.suits(task.d, miner)) {
        return NO;
      }
      int cap = grid.cap(task.d);
      if (cap >= grid.lacking(task.d)) {
        return YES;
      }
      int there = 0;
      for (int slot = grid.firstSlot[task.d]; slot < grid.firstSlot[task.d + 1]; slot++) {
        var assigned = tracker.getAllCurrentlyAssignedTasks().get(Task.id(slot));
        if (assigned != null && grid.operator[assignedTo(assigned)] == grid.operator[miner]) {
          there++;
        }
      }
      return there < cap ? YES : NO;
    }

    private static int assignedTo(com.netflix.fenzo.TaskTracker.ActiveTask task) {
      return Integer.parseInt(task.getTotalLease().hostname());
    }
  }

  /** A slot. */
  @NullUnmarked
  private static final class Task implements TaskRequest {
    private final int d;
    private final int slot;
    private final List<Suits> constraints;
    private AssignedResources assigned;

    Task(int d, int slot, Suits suits) {
      this.d = d;
      this.slot = slot;
      this.constraints = List.of(suits);
    }

    static String id(int slot) {
      return "s-" + slot;
    }

    @Override
    public String getId() {
      return id(slot);
    }

    @Override
    public String taskGroupName() {
      return "";
    }

    @Override
    public double getCPUs() {
      return 1;
    }

    @Override
    public double getMemory() {
      return 0;
    }

    @Override
    public double getNetworkMbps() {
      return 0;
    }

    @Override
    public double getDisk() {
      return 0;
    }

    @Override
    public int getPorts() {
      return 0;
    }

    @Override
    public Map<String, Double> getScalarRequests() {
      return Map.of();
    }

    @Override
    public Map<String, NamedResourceSetRequest> getCustomNamedResources() {
      return Map.of();
    }

    @Override
    public List<? extends ConstraintEvaluator> getHardConstraints() {
      return constraints;
    }

    @Override
    public List<? extends VMTaskFitnessCalculator> getSoftConstraints() {
      return List.of();
    }

    @Override
    public void setAssignedResources(AssignedResources resources) {
      assigned = resources;
    }

    @Override
    public AssignedResources getAssignedResources() {
      return assigned;
    }
  }

  /** A miner. */
  private static final class Lease implements VirtualMachineLease {
    private final String host;

    Lease(String host) {
      this.host = host;
    }

    @Override
    public String getId() {
      return host;
    }

    @Override
    public long getOfferedTime() {
      return 0;
    }

    @Override
    public String hostname() {
      return host;
    }

    @Override
    public String getVMID() {
      return host;
    }

    @Override
    public double cpuCores() {
      return 1;
    }

    @Override
    public double memoryMB() {
      return 0;
    }

    @Override
    public double networkMbps() {
      return 0;
    }

    @Override
    public double diskMB() {
      return 0;
    }

    @Override
    public List<Range> portRanges() {
      return List.of();
    }

    @Override
    public Protos.@Nullable Offer getOffer() {
      return null;
    }

    @Override
    public Map<String, Protos.Attribute> getAttributeMap() {
      return new HashMap<>(); // it asks for the attribute null
    }

    @Override
    public Double getScalarValue(String name) {
      return 0.0;
    }

    @Override
    public Map<String, Double> getScalarValues() {
      return Map.of();
    }
  }
}
