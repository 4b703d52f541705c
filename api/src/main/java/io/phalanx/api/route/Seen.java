package io.phalanx.api.route;

import io.phalanx.api.http.Position;

/**
 * Something read from the committed state, and where that stood.
 *
 * @param value a record that never changes
 * @param at the state it is from
 */
record Seen<T>(T value, Position at) {}
