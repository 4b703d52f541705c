package io.phalanx.cluster;

import java.util.List;

/** The configuration cannot be used; names every fault at once, each with its key. */
public final class ConfigFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // an immutable list of strings is serializable
  private final List<String> faults;

  public ConfigFaultException(List<String> faults) {
    super("configuration: " + String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  /** One sentence for each fault, at least one. */
  public List<String> faults() {
    return faults;
  }
}
