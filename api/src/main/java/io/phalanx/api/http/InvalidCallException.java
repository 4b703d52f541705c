package io.phalanx.api.http;

import io.phalanx.api.problem.Fault;
import java.util.List;

/**
 * A call has a fault that only its endpoint can see, such as a cursor that was never given out. It
 * ends the endpoint and is answered as invalid.
 */
public final class InvalidCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /** With everything that is wrong. */
  public InvalidCallException(Fault... faults) {
    super("invalid call", null, false, false);
    this.faults = List.of(faults);
  }

  /** Everything that is wrong. */
  public List<Fault> faults() {
    return faults;
  }
}
