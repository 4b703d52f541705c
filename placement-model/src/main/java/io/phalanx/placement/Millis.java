package io.phalanx.placement;

/**
 * Where a solve spent its time, in milliseconds.
 *
 * @param index from records to the arrays of the kernel
 * @param construct value stage, gang exchange and first fit
 * @param improve local search
 * @param total all of it, bounds included
 */
public record Millis(double index, double construct, double improve, double total) {}
