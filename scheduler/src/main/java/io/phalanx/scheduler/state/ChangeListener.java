package io.phalanx.scheduler.state;

import io.phalanx.scheduler.event.Moment;

/** Is told what each event changed. Must not change anything itself. */
public interface ChangeListener {

  /** Listens to nothing. */
  ChangeListener NONE = (moment, change) -> {};

  /** Something changed. */
  void changed(Moment moment, Change change);
}
