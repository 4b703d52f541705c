package io.phalanx.placement.model;

import static org.optaplanner.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore.ONE_HARD;
import static org.optaplanner.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore.ONE_MEDIUM;
import static org.optaplanner.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore.ONE_SOFT;
import static org.optaplanner.core.api.score.stream.ConstraintCollectors.count;

import io.phalanx.placement.Term;
import org.optaplanner.core.api.score.stream.Constraint;
import org.optaplanner.core.api.score.stream.ConstraintFactory;
import org.optaplanner.core.api.score.stream.ConstraintProvider;
import org.optaplanner.core.api.score.stream.Joiners;

/**
 * The rules of placement as they read. Production scores with the incremental calculator, which
 * tests hold equal to this.
 */
public final class PlacementConstraints implements ConstraintProvider {
  @Override
  public Constraint[] defineConstraints(ConstraintFactory factory) {
    return new Constraint[] {
      oneSlotPerMiner(factory),
      acceptedTier(factory),
      minPerformance(factory),
      maxGasPrice(factory),
      region(factory),
      allowedOperator(factory),
      deniedOperator(factory),
      excludedMiner(factory),
      reservedMiner(factory),
      maxPerOperator(factory),
      minReplicas(factory),
      value(factory),
      economy(factory),
      speed(factory),
      security(factory),
      frugality(factory),
      rest(factory),
      dispersion(factory),
    };
  }

  /** Hard: a miner takes one slot. */
  Constraint oneSlotPerMiner(ConstraintFactory factory) {
    return factory
        .forEachUniquePair(Slot.class, Joiners.equal(Slot::miner))
        .penalize(ONE_HARD)
        .asConstraint("oneSlotPerMiner");
  }

  /** Hard: the miner's tier is one that the deployment accepts. */
  Constraint acceptedTier(ConstraintFactory factory) {
    return pair(factory, io.phalanx.placement.Constraint.TIER);
  }

  /** Hard: the miner is as fast as the deployment needs. */
  Constraint minPerformance(ConstraintFactory factory) {
    return pair(factory, io.phalanx.placement.Constraint.PERFORMANCE);
  }

  /** Hard: the miner asks no more than the deployment pays. */
  Constraint maxGasPrice(ConstraintFactory factory) {
    return pair(factory, io.phalanx.placement.Constraint.GAS_PRICE);
  }

  /** Hard: the miner is in a region that the deployment names, if it names any. */
  Constraint region(ConstraintFactory factory) {
    return pair(factory, io.phalanx.placement.Constraint.REGION);
  }

  /** Hard: the miner's operator is one that the deployment allows, if it names any. */
  Constraint allowedOperator(ConstraintFactory factory) {
    return pair(factory, io.phalanx.placement.Constraint.ALLOW_OPERATORS);
  }

  /** Hard: the miner's operator is not one that the deployment denies. */
  Constraint deniedOperator(ConstraintFactory factory) {
    return pair(factory, io.phalanx.placement.Constraint.DENY_OPERATORS);
  }

  /** Hard: the miner is not excluded from this deployment. */
  Constraint excludedMiner(ConstraintFactory factory) {
    return pair(factory, io.phalanx.placement.Constraint.EXCLUDED);
  }

  /** Hard: the miner is not held for another deployment. */
  Constraint reservedMiner(ConstraintFactory factory) {
    return pair(factory, io.phalanx.placement.Constraint.RESERVED);
  }

  /** Hard: no operator has more slots of a deployment than it allows, live ones counted. */
  Constraint maxPerOperator(ConstraintFactory factory) {
    return factory
        .forEach(Slot.class)
        .groupBy(Slot::need, Slot::operator, count())
        .filter((need, operator, slots) -> slots > need.demand().roomOn(operator))
        .penalize(ONE_HARD, (need, operator, slots) -> slots - need.demand().roomOn(operator))
        .asConstraint(io.phalanx.placement.Constraint.MAX_PER_OPERATOR.wireName());
  }

  /** Hard: a deployment gets nothing, or at least as many slots as it requires at once. */
  Constraint minReplicas(ConstraintFactory factory) {
    return factory
        .forEach(Slot.class)
        .groupBy(Slot::need, count())
        .filter((need, slots) -> slots < need.demand().required())
        .penalize(ONE_HARD, (need, slots) -> need.demand().required() - slots)
        .asConstraint(io.phalanx.placement.Constraint.MIN_REPLICAS.wireName());
  }

  /** Medium: every slot that is placed is worth its bid and its wait. */
  Constraint value(ConstraintFactory factory) {
    return factory
        .forEach(Slot.class)
        .rewardLong(ONE_MEDIUM, slot -> slot.need().value())
        .asConstraint("value");
  }

  /** Soft: a low ask. */
  Constraint economy(ConstraintFactory factory) {
    return term(factory, Term.ECONOMY);
  }

  /** Soft: a fast miner. */
  Constraint speed(ConstraintFactory factory) {
    return term(factory, Term.SPEED);
  }

  /** Soft: a good tier. */
  Constraint security(ConstraintFactory factory) {
    return term(factory, Term.SECURITY);
  }

  /** Soft: no better miner than is needed. */
  Constraint frugality(ConstraintFactory factory) {
    return term(factory, Term.FRUGALITY);
  }

  /** Soft: a miner that has been idle for long. */
  Constraint rest(ConstraintFactory factory) {
    return term(factory, Term.REST);
  }

  /** Soft: an operator that has little to do yet. */
  Constraint dispersion(ConstraintFactory factory) {
    return term(factory, Term.DISPERSION);
  }

  private static Constraint pair(
      ConstraintFactory factory, io.phalanx.placement.Constraint constraint) {
    return factory
        .forEach(Slot.class)
        .filter(slot -> slot.fails(constraint))
        .penalize(ONE_HARD)
        .asConstraint(constraint.wireName()); // the name users read in an explanation
  }

  private static Constraint term(ConstraintFactory factory, Term term) {
    return factory
        .forEach(Slot.class)
        .rewardLong(ONE_SOFT, slot -> slot.points(term))
        .asConstraint(term.wireName());
  }
}
