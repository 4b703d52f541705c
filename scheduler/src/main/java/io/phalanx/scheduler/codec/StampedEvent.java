package io.phalanx.scheduler.codec;

import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.Moment;

/**
 * An event with its place in the journal.
 *
 * @param event what happened
 * @param moment where and when
 */
public record StampedEvent(Event event, Moment moment) {}
