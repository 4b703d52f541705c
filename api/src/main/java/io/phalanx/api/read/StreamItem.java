package io.phalanx.api.read;

import java.util.function.Supplier;

/**
 * One item of a stream.
 *
 * @param id its name; a stream resumes behind it
 * @param event what it tells of, as on the wire
 * @param view makes the one resource as it was after the event; any thread, no locks held
 * @param blocks whether that may wait for a disk: not for an event loop then
 */
public record StreamItem(StreamId id, String event, Supplier<Object> view, boolean blocks) {}
