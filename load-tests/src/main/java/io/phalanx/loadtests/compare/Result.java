package io.phalanx.loadtests.compare;

/**
 * What one peer reached on the problems of one size.
 *
 * @param problems how many
 * @param runs measured, of all problems
 * @param wallMs median of all runs
 * @param wallP95Ms only one run in twenty is longer
 * @param processorMs median of the processor time of all runs
 * @param valueGap the worst of the problems, a share of the best value
 * @param fitGap the worst of those problems where the best value was reached, a share of the best
 *     fit; NaN when it was reached on none
 * @param atBestValue on how many problems the best value was reached
 */
record Result(
    Size size,
    String peer,
    int problems,
    int runs,
    double wallMs,
    double wallP95Ms,
    double processorMs,
    double valueGap,
    double fitGap,
    int atBestValue) {}
