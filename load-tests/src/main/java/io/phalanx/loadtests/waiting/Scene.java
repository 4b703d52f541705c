package io.phalanx.loadtests.waiting;

/**
 * A network and what is asked of it.
 *
 * @param name what it shows
 * @param miners how many there are, of all tiers
 * @param loadPercent work asked for, in percent of what all miners can do
 * @param choosyPercent how many of the requests take tiers 1 and 2 only, which a fifth of the
 *     miners are
 * @param gangPercent how many of the requests need three miners at once
 * @param bids how many different bids there are
 */
public record Scene(
    String name, int miners, int loadPercent, int choosyPercent, int gangPercent, int bids) {}
