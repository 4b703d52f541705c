package io.phalanx.simulator.http;

/** Hears what an {@link EventStream} brings. */
public interface StreamListener {
  void event(ServerEvent event);

  /** The connection was lost and is taken up again after the last event seen. */
  default void reconnecting() {}

  /** What followed the last event seen is kept no longer: events were missed. */
  default void gap() {}
}
