package io.phalanx.api.read;

import io.phalanx.scheduler.account.Account;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.LedgerLines;
import io.phalanx.scheduler.history.HistoryLine;
import io.phalanx.scheduler.history.HistoryQuery.Order;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.view.AccountView;
import io.phalanx.scheduler.view.EntryView;
import java.util.List;

/** Developers' money. */
public final class AccountReads {

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
    Cursor cursor = request.after();
    Order order = request.ascending() ? Order.OLDEST_FIRST : Order.NEWEST_FIRST;
    long start = request.ascending() ? 0 : Long.MAX_VALUE;
    long after = cursor == null ? start : cursor.position();
    List<HistoryLine> lines = engine.history().lines(developer, after, order, request.limit() + 1);
    boolean full = lines.size() > request.limit();
    List<HistoryLine> shown = full ? lines.subList(0, request.limit()) : lines;
    return new Page<>(
        shown.stream().map(LedgerLines::view).toList(),
        full ? new Cursor(shown.get(shown.size() - 1).position()).text() : null);
  }
}
