package io.phalanx.scheduler.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.scheduler.audit.JournalAudit;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.command.AccountCommand;
import io.phalanx.scheduler.command.ActAs;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.QuoteCommand;
import io.phalanx.scheduler.command.QuoteCommand.RequestQuote;
import io.phalanx.scheduler.command.SystemCommand.CommitRound;
import io.phalanx.scheduler.command.SystemCommand.KeepHistory;
import io.phalanx.scheduler.command.SystemCommand.TakeOver;
import io.phalanx.scheduler.command.SystemCommand.Tick;
import io.phalanx.scheduler.decide.FirstAnswer;
import io.phalanx.scheduler.decide.Liveness;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decide.Writer;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentEnded;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.MinerEvent.MinerBeganCoolDown;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SystemEvent.KeyRemembered;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.KeyScope;
import io.phalanx.scheduler.round.RoundPlan;
import io.phalanx.scheduler.state.ChangeListener;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.view.Answer;
import io.phalanx.scheduler.world.Images;
import io.phalanx.scheduler.world.World;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run: a leader that crashes, a store that does not, a replica that follows, clients that lose
 * and repeat messages, and a clock that jumps.
 */
final class Simulation {

  private static final int CHECK_EVERY = 64;
  private static final int TAIL = 100;

  /** A request and what the leader would answer once it is durable. */
  private record Request(
      Command command, @Nullable KeyMark key, Outcome outcome, long from, long to) {}

  /** A request that may be sent again. */
  private record Retry(Command command, KeyMark key) {}

  private final Chance chance;
  private final Tally tally;
  private final Clients clients;
  private final Planners planners;
  private final Receipts receipts = new Receipts();
  private final SimulatedStore store = new SimulatedStore();
  private final JournalAudit audit = new JournalAudit();
  private final State replica;
  private final List<StampedEvent> journal = new ArrayList<>();
  private final Map<KeyScope, KeyMark> history = new HashMap<>();
  private final Map<KeyScope, String> firstAnswers = new HashMap<>();
  private final List<Request> waiting = new ArrayList<>();
  private final List<StampedEvent> batch = new ArrayList<>();
  private final List<Retry> retries = new ArrayList<>();
  private final long seed;
  private final Sabotage sabotage;
  private final List<Command> opening;
  private State state = new State(ChangeListener.NONE);
  private Liveness liveness = new Liveness();
  private Writer writer;
  private @Nullable RoundPlan plan;
  private final List<StampedEvent> stale = new ArrayList<>();
  private long staleEpoch;
  private long epoch;
  private long nowMs = World.START_MS;
  private long checkedAt;
  private long keys;

  Simulation(long seed, Tally tally) {
    this(seed, tally, Sabotage.NONE);
  }

  Simulation(long seed, Tally tally, Sabotage sabotage) {
    this.seed = seed;
    this.sabotage = sabotage;
    this.tally = tally;
    this.chance = new Chance(seed);
    this.replica = new State(new MoveWatch(tally));
    this.clients = new Clients(chance, chance.any(4, 8, 8, 14, 30));
    this.planners = new Planners(chance);
    this.opening = chance.oneIn(5) ? List.of() : clients.opening(replica, nowMs);
    this.writer = lead();
  }

  /** Runs so many steps and checks what must hold at the end. */
  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      step(i);
    }
    commit(true);
    checkAudit();
    checkReplays();
    checkOnce();
    tally.add("steps", steps);
    tally.add("events", journal.size());
    audit.finish().counts().forEach((name, times) -> tally.add("event " + name, times));
  }

  private void step(int number) {
    passTime();
    int kind = chance.below(100);
    if (number < opening.size()) {
      send(opening.get(number));
    } else if (kind < 55) {
      send(clients.next(replica, nowMs));
    } else if (kind < 74) {
      clients.heartbeats(replica, chance.any(4, 50, 50, 1000, 1000)).forEach(this::send);
    } else if (kind < 80) {
      send(new Tick());
    } else if (kind < 92) {
      round();
    } else if (kind < 94) {
      keepHistory();
    } else if (kind < 96) {
      store.snapshot(replica);
      tally.add("snapshots");
    } else if (kind < 98 && !retries.isEmpty()) {
      Retry retry = chance.of(retries);
      send(retry.command(), retry.key());
    } else if (kind == 98 && !receipts.isEmpty()) {
      send(receipts.correction(chance));
    } else if (kind == 99) {
      crash();
    }
    if (chance.oneIn(2)) {
      commit(true);
    }
  }

  private void passTime() {
    int kind = chance.below(1000);
    if (kind == 0) {
      jump(Duration.ofDays(chance.between(1, 9)), "jumps of days");
    } else if (kind < 4) {
      jump(Duration.ofMinutes(chance.between(2, 180)), "jumps of minutes");
    } else if (kind < 8) {
      jump(Duration.ofSeconds(-chance.between(1, 7200)), "jumps back");
    } else {
      nowMs += chance.between(0, chance.any(10L, 1_000L, 10_000L));
    }
  }

  private void jump(Duration time, String what) {
    nowMs += time.toMillis();
    tally.add(what);
  }

  private void send(Command command) {
    boolean keyed =
        command instanceof CreateDeployment
            || command instanceof RegisterMiner
            || command instanceof QuoteCommand
            || command instanceof AccountCommand;
    if (!keyed || chance.oneIn(4)) {
      send(command, null);
    } else {
      KeyMark key = KeyMark.of("POST k-" + keys++, command.toString().getBytes(UTF_8));
      retries.add(new Retry(command, key));
      send(command, key);
    }
  }

  /** A message may be lost on the way, or arrive twice. */
  private void send(Command command, @Nullable KeyMark key) {
    if (chance.oneIn(40)) {
      tally.add("messages lost");
      return;
    }
    execute(command, key);
    if (chance.oneIn(25)) {
      tally.add("messages doubled");
      execute(command, key);
    }
  }

  private void execute(Command command, @Nullable KeyMark key) {
    KeyMark looked = sabotage == Sabotage.FORGETS_KEYS ? null : key;
    KeyMark before = looked == null ? null : history.get(looked.scope());
    if (looked != null && before != null) {
      assertThat(before).isEqualTo(looked);
      tally.add("keys found in the history");
      return;
    }
    long from = state.position();
    Outcome outcome = writer.execute(command, key, nowMs);
    waiting.add(new Request(command, key, outcome, from, state.position()));
    boolean done = outcome instanceof Outcome.Done;
    tally.add((done ? "done: " : "refused: ") + command.getClass().getSimpleName());
    if (outcome instanceof Outcome.Done d && d.replayed()) {
      assertThat(d.answer()).isInstanceOf(Answer.GivenAt.class);
      tally.add("keys found in the state");
    } else if (outcome instanceof Outcome.Done d && key != null && !isOfALater(command)) {
      firstAnswers.put(key.scope(), shown(d.answer()));
    }
  }

  /** A quote's key counts once a round has made it firm, with an answer of that moment. */
  private static boolean isOfALater(Command command) {
    return plain(command) instanceof RequestQuote;
  }

  private static String shown(Answer answer) {
    try {
      return CoreJson.shown().writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void round() {
    RoundPlan stale = plan;
    if (stale != null) {
      plan = null;
      tally.add("stale plans");
      send(new CommitRound(stale));
      return;
    }
    RoundPlan made = made();
    if (chance.oneIn(4)) {
      plan = made; // and committed some time later
    } else {
      send(new CommitRound(made));
    }
  }

  private RoundPlan made() {
    if (chance.oneIn(40)) {
      tally.add("plans of the engine");
      return Planners.real(replica, nowMs, seed);
    }
    if (chance.oneIn(5)) {
      tally.add("plans of nonsense");
      return planners.nonsense(state);
    }
    tally.add("careless plans");
    return planners.careless(chance.oneIn(3) ? replica : state, nowMs);
  }

  private void keepHistory() {
    long upTo = chance.between(0, replica.position());
    send(new KeepHistory(upTo, chance.between(0, upTo)));
  }

  /** The batch in flight becomes durable; only then its clients hear of it, if they do. */
  private void commit(boolean answered) {
    if (!batch.isEmpty()) {
      SimulatedStore.Row row = store.append(epoch, batch);
      audit.beginRow(row.first(), row.epoch());
      List<StampedEvent> read = store.decode(row);
      for (StampedEvent stamped : read) {
        replica.apply(stamped.event(), stamped.moment());
        audit.accept(stamped);
        journal.add(stamped);
        receipts.remember(stamped, replica);
        remember(stamped.event());
      }
      checkRow(row, read);
      spoil(row);
    }
    if (answered) {
      waiting.forEach(this::checkAnswered);
    }
    waiting.clear();
    batch.clear();
    if (replica.position() - checkedAt >= CHECK_EVERY) {
      checkAudit();
    }
  }

  private void remember(Event event) {
    if (event instanceof KeyRemembered remembered) {
      history.put(remembered.key().scope(), remembered.key());
    } else if (event instanceof DeploymentCreated created && created.key() != null) {
      history.put(created.key().scope(), created.key());
    }
  }

  /** What the leader told the committer is what the journal says, byte for byte. */
  private void checkRow(SimulatedStore.Row row, List<StampedEvent> read) {
    assertThat(store.encode(read)).isEqualTo(row.body());
    assertThat(row.first() + read.size() - 1)
        .isEqualTo(batch.get(batch.size() - 1).moment().position());
    assertThat(replica.position()).isEqualTo(journal.size());
  }

  /** An answered command's effect is in the journal. */
  private void checkAnswered(Request request) {
    assertThat(request.to()).isLessThanOrEqualTo(journal.size());
    KeyMark key = request.key();
    if (key != null
        && request.outcome() instanceof Outcome.Done
        && !isOfALater(request.command())) {
      assertThat(history).containsKey(key.scope());
      checkRepeated(key.scope(), ((Outcome.Done) request.outcome()).answer());
    }
    tally.add("answers");
  }

  /** A repeated request is answered to the letter as the first was, from the journal alone. */
  private void checkRepeated(KeyScope scope, Answer answer) {
    if (answer instanceof Answer.GivenAt given) {
      StampedEvent stamped = journal.get((int) given.position() - 1);
      assertThat(shown(FirstAnswer.of(stamped.event(), stamped.moment())))
          .isEqualTo(firstAnswers.get(scope));
      tally.add("answers repeated");
    }
  }

  /** The leader is gone; what was in flight is lost, or durable and nobody knows. */
  private void crash() {
    tally.add("crashes");
    if (chance.oneIn(2)) {
      tally.add("batches lost", batch.isEmpty() ? 0 : 1);
      lose();
      batch.clear();
      waiting.clear();
    } else {
      tally.add("batches durable without an answer", batch.isEmpty() ? 0 : 1);
      commit(false);
    }
    writer = lead();
    if (!stale.isEmpty()) {
      commit(true);
      commitStale();
    }
    checkAudit();
  }

  private void lose() {
    if (sabotage == Sabotage.ANSWERS_BEFORE_THE_APPEND) {
      waiting.forEach(this::checkAnswered);
    } else if (sabotage == Sabotage.READS_WHAT_IS_NOT_DURABLE) {
      batch.forEach(stamped -> replica.apply(stamped.event(), stamped.moment()));
    } else if (sabotage == Sabotage.WRITES_AFTER_IT_WAS_REPLACED) {
      stale.addAll(batch);
      staleEpoch = epoch;
    }
  }

  /** The old leader's batch lands behind the new one's, numbered as if it belonged there. */
  private void commitStale() {
    for (StampedEvent stamped : stale) {
      long atMs = Math.max(stamped.moment().atMs(), replica.stampMs());
      long position = replica.position() + batch.size() + 1;
      batch.add(new StampedEvent(stamped.event(), new Moment(position, atMs)));
    }
    stale.clear();
    long newer = epoch;
    epoch = staleEpoch;
    commit(false);
    epoch = newer;
  }

  private void spoil(SimulatedStore.Row row) {
    if (sabotage == Sabotage.LOSES_A_ROW && chance.oneIn(100)) {
      store.rows.remove(row);
    } else if (sabotage == Sabotage.DOUBLES_A_ROW && chance.oneIn(100)) {
      store.rows.add(row);
    }
  }

  /** What the writer's events go through on their way to the journal. */
  private void take(Event event, Moment moment) {
    StampedEvent stamped = new StampedEvent(event, moment);
    int size = batch.size();
    if (sabotage == Sabotage.DROPS_AN_EVENT && chance.oneIn(200)) {
      return;
    } else if (sabotage == Sabotage.CHARGES_TWICE && event instanceof GasCharged) {
      batch.add(stamped);
    } else if (sabotage == Sabotage.STAMPS_WITH_THE_WALL_CLOCK) {
      stamped = new StampedEvent(event, new Moment(moment.position(), nowMs));
    } else if (sabotage == Sabotage.SWAPS_EVENTS
        && event instanceof MinerBeganCoolDown
        && size > 0
        && batch.get(size - 1).event() instanceof AssignmentEnded ended) {
      batch.set(size - 1, new StampedEvent(event, batch.get(size - 1).moment()));
      stamped = new StampedEvent(ended, moment);
    }
    batch.add(stamped);
  }

  private Writer lead() {
    epoch += sabotage == Sabotage.REUSES_AN_EPOCH && epoch > 0 ? 0 : chance.between(1, 3);
    state = recovered();
    assertThat(Images.difference(state, replica)).isEmpty();
    liveness = chance.oneIn(2) ? liveness : new Liveness();
    Writer next = new Writer(state, liveness, this::take, CoreJson.shown());
    if (sabotage != Sabotage.SKIPS_THE_TAKE_OVER || store.rows.isEmpty()) {
      next.execute(new TakeOver(epoch, "node-" + epoch % 3), null, nowMs);
    }
    if (!chance.oneIn(4)) {
      commit(true);
    }
    return next;
  }

  private State recovered() {
    if (store.snapshots.isEmpty() || chance.oneIn(3)) {
      tally.add("recoveries from genesis");
      return store.fromGenesis();
    }
    tally.add("recoveries from a snapshot");
    int skipped = sabotage == Sabotage.SKIPS_A_ROW_AFTER_THE_SNAPSHOT ? 1 : 0;
    return store.from(chance.of(store.snapshots), skipped);
  }

  private void checkAudit() {
    checkedAt = replica.position();
    AuditReport report = audit.finish();
    tally.add("audits");
    assertThat(report.violations().stream().filter(v -> v.invariant() <= 8)).isEmpty();
    assertThat(replica.ledger().sum()).isZero();
  }

  /** Replay from the beginning and from a snapshot is the live state, byte for byte. */
  private void checkReplays() {
    assertThat(Images.difference(state, replica)).isEmpty();
    assertThat(Images.difference(store.fromGenesis(), replica)).isEmpty();
    for (SimulatedStore.Snapshot snapshot : store.snapshots) {
      assertThat(Images.difference(store.from(snapshot, 0), replica)).isEmpty();
    }
  }

  /** Each deployment was asked for under a name of its own, and is there at most once. */
  private void checkOnce() {
    Set<String> names = new HashSet<>();
    for (StampedEvent stamped : journal) {
      if (stamped.event() instanceof DeploymentCreated created && created.spec().name() != null) {
        boolean isNew = names.add(created.spec().name());
        assertThat(isNew || !keyed(created.spec().name())).isTrue();
      }
    }
  }

  private boolean keyed(String name) {
    return retries.stream()
        .anyMatch(
            retry ->
                plain(retry.command()) instanceof CreateDeployment create
                    && name.equals(create.spec().name()));
  }

  private static Command plain(Command command) {
    return command instanceof ActAs asked ? asked.command() : command;
  }

  /** The newest events, a line each. */
  String tail() {
    return journal.subList(Math.max(0, journal.size() - TAIL), journal.size()).stream()
        .map(s -> s.moment().position() + " " + s.moment().atMs() + " " + s.event())
        .collect(Collectors.joining("\n"));
  }
}
