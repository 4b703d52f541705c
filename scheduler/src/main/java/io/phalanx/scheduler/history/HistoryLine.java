package io.phalanx.scheduler.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A line of an account: small, never changed, and only ever listed by its owner and position.
 *
 * @param owner whose account
 * @param position journal position of the event that made it; an event makes one for an owner
 * @param body in a form this package does not know; not copied, never to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below; copies of bodies cost
public record HistoryLine(String owner, long position, byte[] body) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HistoryLine line
        && owner.equals(line.owner)
        && position == line.position
        && Arrays.equals(body, line.body);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(position);
  }
}
