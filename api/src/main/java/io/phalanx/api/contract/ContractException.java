package io.phalanx.api.contract;

/** The OpenAPI document itself is wrong: a mistake of ours, found at the start. */
public final class ContractException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong in it. */
  public ContractException(String message) {
    super(message);
  }
}
