package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SystemEvent.RoundCommitted;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.world.Samples;
import io.phalanx.scheduler.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A world's journal that is tampered with; what is left is numbered anew. */
final class Forgery {

  private final World world;
  private final List<StampedEvent> events;

  Forgery(World world) {
    this.world = world;
    this.events = new ArrayList<>(world.journal());
  }

  /** Something more happens at the end. */
  Forgery append(Event... more) {
    for (Event event : more) {
      events.add(new StampedEvent(event, new Moment(events.size() + 1, world.nowMs())));
    }
    return this;
  }

  /** The last event of that type never happens. */
  Forgery without(Class<? extends Event> type) {
    events.remove(last(type));
    return renumbered();
  }

  /** The last event of that type happens twice. */
  Forgery twice(Class<? extends Event> type) {
    int index = last(type);
    events.add(index, events.get(index));
    return renumbered();
  }

  /** The last event of that type is another one. */
  <E extends Event> Forgery change(Class<E> type, UnaryOperator<E> change) {
    int index = last(type);
    StampedEvent before = events.get(index);
    events.set(index, new StampedEvent(change.apply(type.cast(before.event())), before.moment()));
    return this;
  }

  /** The last event stands elsewhere, or at another time. */
  Forgery moveLast(UnaryOperator<Moment> move) {
    int index = events.size() - 1;
    StampedEvent before = events.get(index);
    events.set(index, new StampedEvent(before.event(), move.apply(before.moment())));
    return this;
  }

  /** A round of offers that the writer never checked. */
  Forgery offer(DeploymentId deployment, MinerId... miners) {
    append(new RoundCommitted(Samples.round(0).committed(rounds() + 1, miners.length, List.of())));
    int replica = 0;
    for (MinerId miner : miners) {
      append(offered(deployment, replica++, miner, world.miner(miner).gasPrice()));
    }
    return this;
  }

  /** A round of one offer at another price. */
  Forgery offer(DeploymentId deployment, MinerId miner, long gasPrice) {
    append(new RoundCommitted(Samples.round(0).committed(rounds() + 1, 1, List.of())));
    return append(offered(deployment, 0, miner, GasPrice.of(gasPrice)));
  }

  AssignmentOffered offered(DeploymentId deployment, int replica, MinerId id, GasPrice price) {
    Miner miner = world.miner(id);
    return new AssignmentOffered(
        AssignmentId.at(events.size() + 1),
        deployment,
        new Placement(
            replica,
            id,
            miner.evidence().tier(),
            miner.performance(),
            miner.operator(),
            miner.region(),
            price),
        world.nowMs() + 30_000,
        null);
  }

  private long rounds() {
    return events.stream().filter(s -> s.event() instanceof RoundCommitted).count();
  }

  private int last(Class<? extends Event> type) {
    for (int i = events.size() - 1; i >= 0; i--) {
      if (type.isInstance(events.get(i).event())) {
        return i;
      }
    }
    throw new AssertionError("no " + type);
  }

  private Forgery renumbered() {
    for (int i = 0; i < events.size(); i++) {
      StampedEvent stamped = events.get(i);
      events.set(i, new StampedEvent(stamped.event(), new Moment(i + 1, stamped.moment().atMs())));
    }
    return this;
  }

  /** What the audit says. */
  AuditReport report() {
    JournalAudit audit = new JournalAudit();
    events.forEach(audit::accept);
    return audit.finish();
  }

  /** The invariants that the audit finds broken. */
  Set<Integer> broken() {
    Set<Integer> broken = new TreeSet<>();
    report().violations().forEach(violation -> broken.add(violation.invariant()));
    return broken;
  }
}
