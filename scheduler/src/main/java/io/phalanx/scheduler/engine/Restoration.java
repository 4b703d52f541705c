package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.command.SystemCommand.TakeOver;
import io.phalanx.scheduler.decide.Liveness;
import io.phalanx.scheduler.decide.Writer;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SystemEvent.IncarnationBegan;
import io.phalanx.scheduler.journal.Author;
import io.phalanx.scheduler.journal.Incarnation;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.settlement.SettlementLine;
import io.phalanx.scheduler.state.ChangeListener;
import io.phalanx.scheduler.state.State;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a journal whose end was lost, such as a restored backup, into service again: as a new
 * incarnation, in which nothing gets a name that something lost may have had. The journal must be
 * whole; no node may lead meanwhile, and one that does is fenced.
 */
public final class Restoration {
  /** Who leads for the one row that this writes. */
  private static final String NODE = "restore";

  private final Journal journal;
  private final Replica replica;
  private final Found found;

  /**
   * What a journal has.
   *
   * @param head where it ends
   * @param epoch the newest that was claimed
   * @param stampMs of its newest event, Unix milliseconds
   * @param lastSettlement number of the newest settlement; 0 if there is none
   * @param open charges of the period that is not closed yet, a line for each miner: if the lost
   *     part had closed it, they were in a settlement that is lost
   * @param audit what is wrong with it
   */
  public record Found(
      JournalHead head,
      long epoch,
      long stampMs,
      long lastSettlement,
      List<SettlementLine> open,
      AuditReport audit) {
    public Found {
      open = List.copyOf(open);
    }

    /** The incarnation that it is of. */
    public long incarnation() {
      return Incarnation.of(epoch);
    }
  }

  private Restoration(Journal journal, Replica replica, Found found) {
    this.journal = journal;
    this.replica = replica;
    this.found = found;
  }

  /**
   * Reads and verifies all of a journal; changes nothing.
   *
   * @throws io.phalanx.scheduler.journal.CorruptJournalException if a row is damaged
   * @throws io.phalanx.scheduler.event.CorruptStateException if an event does not fit
   */
  public static Restoration of(Journal journal) {
    AuditReport audit = StoredAudit.of(journal);
    Replica replica = new Replica(JournalRow.genesis(journal.cell()).head());
    Recovery.catchUp(journal, replica);
    Found found =
        replica.read(
            state ->
                new Found(
                    replica.head(),
                    journal.epoch(),
                    state.stampMs(),
                    state.settlements().lastNumber(),
                    state.settlements().openLines(),
                    audit));
    return new Restoration(journal, replica, found);
  }

  /** What it has. */
  public Found found() {
    return found;
  }

  /** Why an incarnation cannot begin so, a sentence each; none if it can. */
  public List<String> faults(long number, long nextSettlement) {
    List<String> faults = new ArrayList<>();
    long last = Incarnation.last(found.head().last(), found.epoch());
    if (number <= found.incarnation() || number > last) {
      faults.add(
          "The incarnation must be %d to %d: the journal is of number %d."
              .formatted(found.incarnation() + 1, last, found.incarnation()));
    }
    if (nextSettlement <= found.lastSettlement()) {
      faults.add(
          "The next settlement must be above %d, which is in the journal."
              .formatted(found.lastSettlement()));
    }
    if (!found.audit().isClean()) {
      faults.add("The journal breaks an invariant: run 'phalanx audit', restore another backup.");
    }
    return faults;
  }

  /**
   * Begins the incarnation; durable when it returns.
   *
   * @param number of it, one without {@link #faults}
   * @param nextSettlement above every number that the payout layer was ever sent
   * @param nowMs the wall clock, Unix milliseconds
   * @throws io.phalanx.scheduler.journal.FencedException if a node took the lead meanwhile
   */
  public IncarnationBegan begin(long number, long nextSettlement, long nowMs) {
    List<String> faults = faults(number, nextSettlement);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join(" ", faults));
    }
    long seen = found.epoch();
    long epoch = journal.claimEpoch(seen, Incarnation.epoch(seen, number));
    Recovery.catchUp(journal, replica);
    State state = replica.image((image, head) -> new State(image, ChangeListener.NONE));
    List<StampedEvent> events = new ArrayList<>();
    new Writer(
            state,
            new Liveness(),
            (event, moment) -> events.add(new StampedEvent(event, moment)),
            CoreJson.shown())
        .execute(new TakeOver(epoch, NODE), null, nowMs);
    Moment moment = new Moment(state.position() + 1, state.stampMs());
    IncarnationBegan began =
        new IncarnationBegan(
            number, Incarnation.position(moment.position(), seen, number), nextSettlement);
    state.apply(began, moment);
    events.add(new StampedEvent(began, moment));
    append(new Author(journal.cell(), epoch, NODE), state, events);
    return began;
  }

  private void append(Author author, State state, List<StampedEvent> events) {
    byte[] body = new EventCodec().encode(events);
    journal.append(
        JournalRow.sealTo(author, replica.head(), state.position(), state.stampMs(), body));
  }
}
