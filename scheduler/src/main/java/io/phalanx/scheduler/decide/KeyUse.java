package io.phalanx.scheduler.decide;

/**
 * An idempotency key as it came with a request.
 *
 * @param scope caller, method, path and key
 * @param bodyHash SHA-256 of the request body, hex
 */
public record KeyUse(String scope, String bodyHash) {}
