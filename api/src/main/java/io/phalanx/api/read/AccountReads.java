package io.phalanx.api.read;

import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.view.AccountView;
import io.phalanx.scheduler.view.EntryView;

/** Developers' money. */
public final class AccountReads {

  public AccountReads(Engine engine) {}

  /** Never blocks. */
  public AccountView account(String developer, Amount startingBalance) {
    throw new UnsupportedOperationException();
  }

  /** May block. */
  public Page<EntryView> entries(String developer, PageRequest request) {
    throw new UnsupportedOperationException();
  }
}
