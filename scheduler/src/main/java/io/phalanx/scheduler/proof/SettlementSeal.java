package io.phalanx.scheduler.proof;

import org.jspecify.annotations.Nullable;

/**
 * What was signed of a settlement beside its lines.
 *
 * @param treeSize receipts in the log at its end
 * @param root the log's root at its end
 * @param previousRoot the root of the settlement before; none for the first
 * @param inputsRoot the root over the payout inputs, if they were computed
 * @param shareTotal the sum of all shares, if they were computed
 * @param keyId the key it is signed with
 * @param signature over its canonical form, base64
 */
public record SettlementSeal(
    long treeSize,
    String root,
    @Nullable String previousRoot,
    @Nullable String inputsRoot,
    @Nullable String shareTotal,
    String keyId,
    String signature) {}
