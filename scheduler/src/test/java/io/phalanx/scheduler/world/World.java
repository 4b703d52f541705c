package io.phalanx.scheduler.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.audit.JournalAudit;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.SystemCommand.ChangePolicy;
import io.phalanx.scheduler.command.SystemCommand.CommitRound;
import io.phalanx.scheduler.command.SystemCommand.TakeOver;
import io.phalanx.scheduler.command.SystemCommand.Tick;
import io.phalanx.scheduler.decide.FirstAnswer;
import io.phalanx.scheduler.decide.Liveness;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decide.Writer;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.round.PlannedLine;
import io.phalanx.scheduler.round.RoundPlan;
import io.phalanx.scheduler.state.ChangeListener;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.view.Answer;
import io.phalanx.scheduler.view.GasResults;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small network: one writer, its journal in memory and a clock that only tests move. It begins on
 * New Year's Day 2026 at noon, with a leader and nothing else.
 */
public final class World {

  /** When it begins, Unix milliseconds. */
  public static final long START_MS = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();

  /** Whose deployments there are unless a test says otherwise. */
  public static final String DEVELOPER = "dev";

  private final List<StampedEvent> journal = new ArrayList<>();
  private State state = new State(ChangeListener.NONE);
  private Liveness liveness = new Liveness();
  private Writer writer = writer();
  private long nowMs = START_MS;
  private long epoch;
  private long sequence;

  /** A world with a leader. */
  public World() {
    takeOver();
    done(new Deposit(DEVELOPER, Amount.ofPha(1_000_000), "opening", Amount.ZERO));
  }

  private Writer writer() {
    return new Writer(
        state,
        liveness,
        (event, moment) -> journal.add(new StampedEvent(event, moment)),
        CoreJson.shown());
  }

  /** The leader is lost; another one replays the journal and takes over. */
  public List<Event> takeOver() {
    state = replayed();
    liveness = new Liveness();
    writer = writer();
    return eventsOf(new TakeOver(++epoch, "node-" + epoch));
  }

  /** What a repeated request is answered, as the journal's bytes tell it: JSON. */
  public String first(Outcome.Done repeated) throws IOException {
    EventCodec codec = new EventCodec();
    long position = ((Answer.GivenAt) repeated.answer()).position();
    StampedEvent stamped = codec.decodeOne(codec.encode(journal), 1, position);
    return CoreJson.shown().writeValueAsString(FirstAnswer.of(stamped.event(), stamped.moment()));
  }

  /** The state that the journal's bytes give. */
  public State replayed() {
    EventCodec codec = new EventCodec();
    State replayed = new State(ChangeListener.NONE);
    codec.decode(
        codec.encode(journal), 1, stamped -> replayed.apply(stamped.event(), stamped.moment()));
    return replayed;
  }

  /** Everything that happened. */
  public List<StampedEvent> journal() {
    return journal;
  }

  /** The leader's state. */
  public State state() {
    return state;
  }

  /** The clock, Unix milliseconds. */
  public long nowMs() {
    return nowMs;
  }

  /** Time passes; whoever was alive says so, and what is due happens. */
  public void pass(Duration time) {
    long untilMs = nowMs + time.toMillis();
    while (nowMs < untilMs) {
      nowMs = Math.min(untilMs, nowMs + 60_000);
      for (Miner miner : state.miners().image()) {
        if (miner.state().takesPart() && miner.standing().responsive()) {
          done(new Heartbeat(miner.id(), ++sequence, null));
        }
      }
      tick();
    }
  }

  /** Time passes and no miner says anything; what is due happens at its end. */
  public List<Event> passSilently(Duration time) {
    skip(time);
    return tick();
  }

  /** The clock moves, forwards or backwards, and nothing else happens. */
  public void skip(Duration time) {
    nowMs += time.toMillis();
  }

  /** The writer looks at the clock. */
  public List<Event> tick() {
    return eventsOf(new Tick());
  }

  /** A sign of life. */
  public List<Event> beat(MinerId miner) {
    return eventsOf(new Heartbeat(miner, ++sequence, null));
  }

  /** What the command comes to. */
  public Outcome run(Command command) {
    return writer.execute(command, null, nowMs);
  }

  /** What the command comes to under that key. */
  public Outcome run(Command command, @Nullable KeyMark key) {
    return writer.execute(command, key, nowMs);
  }

  /** The answer to a command that is not refused. */
  public Answer done(Command command) {
    Outcome outcome = run(command);
    assertThat(outcome).as("%s", command).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).answer();
  }

  /** Why the command is refused; then nothing is journaled for it. */
  public Refusal refusal(Command command) {
    int before = journal.size();
    Outcome outcome = run(command);
    assertThat(outcome).as("%s", command).isInstanceOf(Outcome.Refused.class);
    assertThat(journal).hasSize(before);
    return ((Outcome.Refused) outcome).rejection().refusal();
  }

  /** What happens when the command is done. */
  public List<Event> eventsOf(Command command) {
    int before = journal.size();
    done(command);
    return journal.subList(before, journal.size()).stream().map(StampedEvent::event).toList();
  }

  /** A miner of tier 1, score 1,000 and ask 100 that has registered. */
  public MinerId register(String name) {
    RegisterMiner command = Samples.registration(name);
    done(command);
    return command.minerId();
  }

  /** The same that has started. */
  public MinerId idle(String name) {
    return started(Samples.registration(name));
  }

  /** A miner that registers so and starts. */
  public MinerId started(RegisterMiner command) {
    done(command);
    done(new StartMiner(command.minerId()));
    return command.minerId();
  }

  /** A deployment, given by what differs from the sample, as names and values. */
  public DeploymentId create(Object... differences) {
    return create(Samples.spec(differences));
  }

  /** A deployment. */
  public DeploymentId create(DeploymentSpec spec) {
    done(new CreateDeployment(DEVELOPER, spec, Amount.ZERO));
    return DeploymentId.at(state.position());
  }

  /** A round that puts one slot on each of those miners, at their ask; what is left of it. */
  public List<AssignmentId> offer(DeploymentId deployment, MinerId... miners) {
    return commit(
        Arrays.stream(miners)
            .map(m -> new PlannedLine(deployment, m, state.miners().known(m).gasPrice()))
            .toList());
  }

  /** A round of one line at that price. */
  public List<AssignmentId> offer(DeploymentId deployment, MinerId miner, long gasPrice) {
    return commit(List.of(new PlannedLine(deployment, miner, GasPrice.of(gasPrice))));
  }

  /** A round of those lines; the assignments that it makes. */
  public List<AssignmentId> commit(List<PlannedLine> lines) {
    return eventsOf(new CommitRound(new RoundPlan(Samples.round(state.position()), lines))).stream()
        .filter(
            event -> event instanceof io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered)
        .map(event -> ((io.phalanx.scheduler.event.AssignmentEvent) event).assignmentId())
        .toList();
  }

  /** A slot that its miner has acknowledged. */
  public AssignmentId running(DeploymentId deployment, MinerId miner) {
    AssignmentId id = offer(deployment, miner).get(0);
    acknowledge(id);
    return id;
  }

  /** The miner takes it. */
  public void acknowledge(AssignmentId id) {
    done(new AcknowledgeAssignment(id, assignment(id).epoch()));
  }

  /** What a reading comes to. */
  public GasResults.Result read(AssignmentId id, long number, long gasUsed) {
    return read(new Reading(id, assignment(id).epoch(), number, gasUsed, false));
  }

  /** What a last reading comes to. */
  public GasResults.Result readLast(AssignmentId id, long number, long gasUsed) {
    return read(new Reading(id, assignment(id).epoch(), number, gasUsed, true));
  }

  /** What a reading comes to. */
  public GasResults.Result read(Reading reading) {
    return ((GasResults) done(new ReportGas(List.of(reading)))).results().get(0);
  }

  /** What a reading charges, both parts. */
  public Amount charge(AssignmentId id, long number, long gasUsed) {
    GasResults.Result result = read(id, number, gasUsed);
    assertThat(result).isInstanceOf(GasResults.Charged.class);
    return ((GasResults.Charged) result).charged();
  }

  /** Why a reading is refused. */
  public Refusal readingRefused(AssignmentId id, long number, long gasUsed) {
    GasResults.Result result = read(id, number, gasUsed);
    assertThat(result).isInstanceOf(GasResults.RefusedReading.class);
    return ((GasResults.RefusedReading) result).rejection().refusal();
  }

  /** An admin sets other figures. */
  public void policy(Policy policy) {
    done(new ChangePolicy(policy, state.policy().version()));
  }

  /** The miner as it is now. */
  public Miner miner(MinerId id) {
    return state.miners().known(id);
  }

  /** The deployment as it is now. */
  public Deployment deployment(DeploymentId id) {
    return state.deployments().known(id);
  }

  /** The assignment as it is now. */
  public Assignment assignment(AssignmentId id) {
    return state.assignments().known(id);
  }

  /** What is free to be held or withdrawn. */
  public Amount available() {
    return state.ledger().of(DEVELOPER).available();
  }

  /** Every invariant holds for the journal, and its replay is the leader's state, byte for byte. */
  public void holds() {
    JournalAudit audit = new JournalAudit();
    journal.forEach(audit::accept);
    assertThat(audit.finish().violations()).isEmpty();
    assertThat(Images.difference(replayed(), state)).isEmpty();
    assertThat(state.ledger().sum()).isZero();
  }
}
