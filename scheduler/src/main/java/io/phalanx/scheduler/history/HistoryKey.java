package io.phalanx.scheduler.history;

import io.phalanx.scheduler.id.KeyMark;

/**
 * An idempotency key that was used.
 *
 * @param mark of the key and the body
 * @param position journal position of the event that carries it
 * @param atMs when, Unix milliseconds; what it is forgotten by
 */
public record HistoryKey(KeyMark mark, long position, long atMs) {}
