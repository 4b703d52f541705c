package io.phalanx.placement.explain;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Constraint;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The registered miners by the fields of a demand that stand in their way. */
final class Pool {
  /** Of a miner that no change of the request brings back. */
  private static final int EXCLUDED = 1 << (Integer.SIZE - 2);

  private final Demand demand;
  private final List<RegisteredMiner> miners;
  private final Survey survey;
  private final int[] missing;

  Pool(Demand demand, List<RegisteredMiner> miners, Survey survey) {
    this.demand = demand;
    this.miners = miners;
    this.survey = survey;
    this.missing = new int[miners.size()];
    Field[] fields = Field.values();
    for (int i = 0; i < missing.length; i++) {
      missing[i] = missing(fields, i);
    }
  }

  /** The miners that could take a slot now, if only these fields said otherwise. */
  List<Candidate> idleBut(Set<Field> fields) {
    int allowed = bits(fields);
    List<Candidate> found = new ArrayList<>();
    for (int i = 0; i < missing.length; i++) {
      if ((missing[i] & ~allowed) == 0 && survey.isFree(i)) {
        found.add(miners.get(i).candidate());
      }
    }
    return found;
  }

  /** The relaxation that these changes are, with the miners that are eligible then. */
  Relaxation relaxation(List<Change> changes) {
    int allowed = 0;
    Demand changed = demand;
    for (Change change : changes) {
      allowed |= change.field().bit();
      changed = change.in(changed);
    }
    int eligible = 0;
    int idle = 0;
    for (int i = 0; i < missing.length; i++) {
      if ((missing[i] & ~allowed) == 0 && Eligibility.accepts(changed, miners.get(i).released())) {
        eligible++;
        idle += survey.isFree(i) ? 1 : 0;
      }
    }
    return new Relaxation(changes, eligible, idle);
  }

  private int missing(Field[] fields, int miner) {
    int mask = survey.fails(miner, Constraint.EXCLUDED) ? EXCLUDED : 0;
    for (Field field : fields) {
      mask |= survey.fails(miner, field.constraint()) ? field.bit() : 0;
    }
    return mask;
  }

  private static int bits(Set<Field> fields) {
    return fields.stream().mapToInt(Field::bit).reduce(0, (a, b) -> a | b);
  }
}
