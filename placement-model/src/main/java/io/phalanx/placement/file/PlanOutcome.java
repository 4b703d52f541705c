package io.phalanx.placement.file;

import java.util.List;

/** What came of a run of the offline planner. */
public sealed interface PlanOutcome {
  /**
   * A plan was made.
   *
   * @param placements the text of {@code P.csv}: a line for each placed replica
   */
  record Planned(PlanResult result, String placements) implements PlanOutcome {}

  /** The files are faulty; nothing was planned. */
  record Faults(List<Fault> faults) implements PlanOutcome {
    public Faults {
      faults = List.copyOf(faults);
    }
  }
}
