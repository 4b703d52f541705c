package io.phalanx.placement.file;

/**
 * Where the time went, in milliseconds.
 *
 * @param read both files, once
 * @param total the solve: index, construct, improve and bounds, without {@code read}
 */
public record PlanMillis(
    double read, double index, double construct, double improve, double total) {}
