package io.phalanx.api.read;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one item of all streams, the same on every node and for every filter; a stream resumes
 * behind it.
 *
 * @param position the journal position of the event
 * @param index the number of the change among those of the event, or {@link #ALL} after all of them
 */
public record StreamId(long position, int index) implements Comparable<StreamId> {

  /** Behind every change of the event. */
  public static final int ALL = Integer.MAX_VALUE;

  private static final Comparator<StreamId> ORDER =
      Comparator.comparingLong(StreamId::position).thenComparingInt(StreamId::index);
  private static final Pattern FORM =
      Pattern.compile("(0|[1-9][0-9]{0,15})\\.(0|[1-9][0-9]{0,8}|x)");

  /** Refuses what no item can have. */
  public StreamId {
    if (position < 0 || index < 0) {
      throw new IllegalArgumentException("stream id " + position + "." + index);
    }
  }

  /** Behind everything up to that position. */
  static StreamId behind(long position) {
    return new StreamId(position, ALL);
  }

  /** The form that clients hand back: {@code position.index}, or {@code position.x} for all. */
  public String text() {
    return position + "." + (index == ALL ? "x" : String.valueOf(index));
  }

  /** The id that a client names; none if it is not in the form that was handed out. */
  public static Optional<StreamId> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String index = form.group(2);
    return Optional.of(
        new StreamId(
            Long.parseLong(form.group(1)), index.equals("x") ? ALL : Integer.parseInt(index)));
  }

  @Override
  public int compareTo(StreamId other) {
    return ORDER.compare(this, other);
  }
}
