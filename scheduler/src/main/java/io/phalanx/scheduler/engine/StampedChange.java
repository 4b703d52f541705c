package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.state.Change;

/**
 * A change with the event that made it.
 *
 * @param moment where and when the event happened
 * @param index its number among the changes of that event, from 0
 * @param change the thing as it was after the event
 */
public record StampedChange(Moment moment, int index, Change change) {}
