package io.phalanx.api.read;

import io.phalanx.api.read.Past.Wanted;
import io.phalanx.scheduler.account.Account;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.view.AccountView;
import io.phalanx.scheduler.view.EntryView;
import java.util.Set;

/** Developers' money. */
public final class AccountReads {

  private static final Wanted<EntryView> ENTRIES =
      Wanted.of(HistoryKinds.ENTRY, EntryView.class, entry -> true);

  private final Engine engine;
  private final Past past;

  /** Reads of that engine. */
  public AccountReads(Engine engine) {
    this.engine = engine;
    this.past = new Past(engine);
  }

  /**
   * The developer's account; never blocks.
   *
   * @param startingBalance what a developer who has none yet would start with
   */
  public AccountView account(String developer, Amount startingBalance) {
    Account account =
        engine
            .replica()
            .read(state -> state.ledger().find(developer))
            .orElse(new Account(startingBalance, Amount.ZERO, Amount.ZERO));
    return AccountView.of(account);
  }

  /**
   * Lines of the developer's ledger. They are kept in the history only: waits until it has all that
   * is committed by now, so that callers see what they did, but no longer than two seconds.
   */
  public Page<EntryView> entries(String developer, PageRequest request) {
    past.follow();
    Scan<EntryView> scan =
        past.scan(ENTRIES.ownedBy(developer), entry -> true, request, Set.of(), null);
    return scan.with(Scan.nothing(), request);
  }
}
