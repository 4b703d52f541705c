package io.phalanx.scheduler.round;

/**
 * What, beside the state at its base and the seed, decided a round's plan: with it the same problem
 * gives the same plan.
 *
 * @param plannedAtMs the clock when the state was read, Unix milliseconds: waits and idle times
 *     count up to it
 * @param exchangeSteps attempts to exchange gangs at most; those made, if the time was up
 * @param searchSteps steps of the local search at most; those made, if the time was up
 * @param outOfTime whether the time was up
 */
public record RoundCourse(
    long plannedAtMs, int exchangeSteps, int searchSteps, boolean outOfTime) {}
