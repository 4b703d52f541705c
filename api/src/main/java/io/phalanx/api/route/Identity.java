package io.phalanx.api.route;

import io.phalanx.api.auth.Ed25519Verifier;
import io.phalanx.api.auth.Revocations;
import java.util.random.RandomGenerator;

/**
 * What routes need to know callers.
 *
 * @param verifier verifies signatures
 * @param revocations ends the streams of a key that is revoked
 * @param random draws the secrets of API keys
 * @param trustsDeclared whether a tier, a score and no evidence are enough outside open mode: for
 *     the demo, whose miners are simulated
 */
public record Identity(
    Ed25519Verifier verifier,
    Revocations revocations,
    RandomGenerator random,
    boolean trustsDeclared) {}
