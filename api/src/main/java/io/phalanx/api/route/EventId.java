package io.phalanx.api.route;

import org.jspecify.annotations.Nullable;

/**
 * Names an event of a stream, on any node: where its cause stands in the journal and which of its
 * changes it is. Opaque to clients.
 *
 * @param position in the journal
 * @param index among the changes of that position; {@link #WHOLE} when all of them are seen
 */
record EventId(long position, int index) {
  /** After every change of a position: what a stream that starts with the present state is at. */
  static final int WHOLE = Integer.MAX_VALUE;

  private static final String WHOLE_MARK = "s";

  /** The id as it was sent; null when it never was. */
  static @Nullable EventId parse(String text) {
    int dot = text.indexOf('.');
    try {
      long position = Long.parseLong(dot < 0 ? text : text.substring(0, dot));
      String rest = dot < 0 ? WHOLE_MARK : text.substring(dot + 1);
      int index = rest.startsWith(WHOLE_MARK) ? WHOLE : Integer.parseInt(rest);
      return position < 0 || index < 0 ? null : new EventId(position, index);
    } catch (NumberFormatException notOurs) {
      return null;
    }
  }

  /** Whether something at that place is after this. */
  boolean isBefore(long otherPosition, int otherIndex) {
    return position < otherPosition || (position == otherPosition && index < otherIndex);
  }

  /** Of the n-th thing that a stream starts with. */
  static String ofStart(long position, int n) {
    return position + "." + WHOLE_MARK + n;
  }

  @Override
  public String toString() {
    return position + "." + index;
  }
}
