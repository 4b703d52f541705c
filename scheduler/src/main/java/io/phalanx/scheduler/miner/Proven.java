package io.phalanx.scheduler.miner;

import org.jspecify.annotations.Nullable;

/**
 * What evidence proved beside the tier, and what it is judged again by.
 *
 * @param tcbStatus the status of the machine as the evidence words it
 * @param measurement MRENCLAVE or MRTD, hex
 * @param platform which machine it is: {@code ppid:} or {@code epid:} and hex
 * @param receivedAtMs when the evidence came, Unix milliseconds; its age counts from here
 * @param collateral what a quote was judged beside; none for IAS
 * @param performanceCap the highest score that counts; none where the score may be believed
 */
public record Proven(
    String tcbStatus,
    String measurement,
    String platform,
    long receivedAtMs,
    @Nullable CollateralRef collateral,
    @Nullable Integer performanceCap) {}
