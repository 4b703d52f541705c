package io.phalanx.simulator.shape;

import java.util.List;
import java.util.stream.Collectors;

/** A CSV file that cannot be used; carries every fault found in it. */
public final class BadCsvException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<CsvFault> faults;

  public BadCsvException(List<CsvFault> faults) {
    super(faults.stream().map(CsvFault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  public List<CsvFault> faults() {
    return faults;
  }
}
