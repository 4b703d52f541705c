package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.SystemCommand.TakeOver;
import io.phalanx.scheduler.command.SystemCommand.Tick;
import io.phalanx.scheduler.decide.Liveness;
import io.phalanx.scheduler.decide.Writer;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.journal.Author;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.state.ChangeListener;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import java.util.ArrayList;
import java.util.List;

/**
 * A short term on an empty state that nobody hears of. A node that follows has it once, so that the
 * first writes of its first real term do not wait for classes to be loaded.
 */
final class Rehearsal {
  private static final String SOMEBODY = "rehearsal";
  private static final byte[] NO_BODY = {};
  private static final long AT_MS = 1;

  private Rehearsal() {}

  /** Returns the row that would be appended. */
  static JournalRow run(String cell, String node) {
    JournalHead genesis = JournalRow.genesis(cell).head();
    Replica empty = new Replica(genesis);
    List<StampedEvent> events = new ArrayList<>();
    Writer writer =
        new Writer(
            empty.image((image, head) -> new State(image, ChangeListener.NONE)),
            new Liveness(),
            (event, at) -> events.add(new StampedEvent(event, at)),
            CoreJson.shown());
    writer.execute(new TakeOver(1, node), null, AT_MS);
    writer.execute(
        new Deposit(SOMEBODY, Amount.of(1), SOMEBODY, Amount.ZERO),
        KeyMark.of(SOMEBODY, NO_BODY),
        AT_MS);
    writer.execute(new Tick(), null, AT_MS);
    JournalRow row =
        JournalRow.seal(
            new Author(cell, 1, node),
            genesis,
            events.size(),
            AT_MS,
            new EventCodec().encode(events));
    empty.apply(events, row.head());
    return row;
  }
}
