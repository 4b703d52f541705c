package io.phalanx.placement.file;

import io.phalanx.placement.Line;
import java.util.List;

/** What came of a run of the offline planner. */
public sealed interface PlanOutcome {
  /**
   * A plan was made.
   *
   * @param placements the text of {@code P.csv}: a line for each placed replica
   * @param lines the same
   */
  record Planned(PlanResult result, String placements, List<Line> lines) implements PlanOutcome {
    public Planned {
      lines = List.copyOf(lines);
    }
  }

  /** The files are faulty; nothing was planned. */
  record Faults(List<Fault> faults) implements PlanOutcome {
    public Faults {
      faults = List.copyOf(faults);
    }
  }
}
