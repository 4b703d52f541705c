package io.phalanx.loadtests.optaplanner;

import org.optaplanner.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;
import org.optaplanner.core.api.score.stream.Constraint;
import org.optaplanner.core.api.score.stream.ConstraintCollectors;
import org.optaplanner.core.api.score.stream.ConstraintFactory;
import org.optaplanner.core.api.score.stream.ConstraintProvider;
import org.optaplanner.core.api.score.stream.Joiners;

/** The rules as constraint streams. A slot counts only in a gang that is whole. */
public final class PlainConstraints implements ConstraintProvider {
  @Override
  public Constraint[] defineConstraints(ConstraintFactory factory) {
    return new Constraint[] {
      oneSlotPerMiner(factory),
      eligible(factory),
      maxPerOperator(factory),
      value(factory),
      fit(factory)
    };
  }

  private static Constraint oneSlotPerMiner(ConstraintFactory factory) {
    return factory
        .forEachUniquePair(PlainSlot.class, Joiners.equal(PlainSlot::miner))
        .penalize(HardMediumSoftLongScore.ONE_HARD)
        .asConstraint("oneSlotPerMiner");
  }

  private static Constraint eligible(ConstraintFactory factory) {
    return factory
        .forEach(PlainSlot.class)
        .filter(slot -> !slot.suits())
        .penalize(HardMediumSoftLongScore.ONE_HARD)
        .asConstraint("eligible");
  }

  private static Constraint maxPerOperator(ConstraintFactory factory) {
    return factory
        .forEach(PlainSlot.class)
        .groupBy(
            PlainSlot::demand, PlainSlot::operator, PlainSlot::cap, ConstraintCollectors.count())
        .filter((demand, operator, cap, slots) -> slots > cap)
        .penalizeLong(
            HardMediumSoftLongScore.ONE_HARD, (demand, operator, cap, slots) -> slots - cap)
        .asConstraint("maxPerOperator");
  }

  private static Constraint value(ConstraintFactory factory) {
    return factory
        .forEach(PlainSlot.class)
        .groupBy(
            PlainSlot::demand, PlainSlot::required, PlainSlot::value, ConstraintCollectors.count())
        .filter((demand, required, value, slots) -> slots >= required)
        .rewardLong(
            HardMediumSoftLongScore.ONE_MEDIUM, (demand, required, value, slots) -> value * slots)
        .asConstraint("value");
  }

  private static Constraint fit(ConstraintFactory factory) {
    return factory
        .forEach(PlainSlot.class)
        .rewardLong(HardMediumSoftLongScore.ONE_SOFT, PlainSlot::fit)
        .asConstraint("fit");
  }
}
