package io.phalanx.scheduler.decide;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.phalanx.scheduler.access.Nonce;
import io.phalanx.scheduler.command.AccessCommand.IssueKey;
import io.phalanx.scheduler.command.AccessCommand.RevokeKey;
import io.phalanx.scheduler.command.AccountCommand.CorrectCharge;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.AccountCommand.Withdraw;
import io.phalanx.scheduler.command.ActAs;
import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.CommandHandler;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.ChangeDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand.ChangeMinerTerms;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.command.MinerCommand.ReviewEvidence;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.MinerCommand.StateStake;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.command.MinerCommand.UncordonMiner;
import io.phalanx.scheduler.command.QuoteCommand;
import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.command.SettlementCommand.MarkSettlementDelivered;
import io.phalanx.scheduler.command.SystemCommand.ChangePolicy;
import io.phalanx.scheduler.command.SystemCommand.CommitRound;
import io.phalanx.scheduler.command.SystemCommand.KeepHistory;
import io.phalanx.scheduler.command.SystemCommand.PublishCollateral;
import io.phalanx.scheduler.command.SystemCommand.TakeOver;
import io.phalanx.scheduler.command.SystemCommand.Tick;
import io.phalanx.scheduler.decision.Decision;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.event.AccessEvent.NonceUsed;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentEnded;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.MinerEvent;
import io.phalanx.scheduler.event.MinerEvent.MinerCameBack;
import io.phalanx.scheduler.event.MinerEvent.MinerStarted;
import io.phalanx.scheduler.event.MinerEvent.MinerUncordoned;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.QuoteEvent;
import io.phalanx.scheduler.event.QuoteEvent.QuoteOffered;
import io.phalanx.scheduler.event.SystemEvent.HistoryKept;
import io.phalanx.scheduler.event.SystemEvent.KeyRemembered;
import io.phalanx.scheduler.event.SystemEvent.LeaderTookOver;
import io.phalanx.scheduler.event.SystemEvent.PolicyChanged;
import io.phalanx.scheduler.event.SystemEvent.RoundCommitted;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.quote.QuoteState;
import io.phalanx.scheduler.round.RoundRecord;
import io.phalanx.scheduler.state.Keys;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.state.Timer;
import io.phalanx.scheduler.view.Answer;
import io.phalanx.scheduler.view.GasResults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one writer: takes commands in order, decides each on the state, applies what happens at once,
 * and says what the caller may be told once it is durable. Not safe for use by several threads.
 */
public final class Writer {

  private static final long DOWN_TIME_MS = Duration.ofSeconds(60).toMillis();

  private final State state;
  private final Liveness liveness;
  private final EventSink sink;
  private final ObjectMapper json;
  private final Handler handler;
  private final TimerDecider timers;
  private final LivenessDecider livenessDecider;
  private final PriceWatch prices = new PriceWatch();
  private final Answers answers;
  private @Nullable KeyMark unmarked;
  private final Admission admission;
  private final GatheringDecider gatherings;
  private final QuoteDecider quotes;
  private final MoveDecider moves;
  private final Set<MinerId> freshlyIdle = new LinkedHashSet<>();
  private long stampMs;

  /** A writer on that state; every event goes to the sink. */
  public Writer(State state, Liveness liveness, EventSink sink, ObjectMapper json) {
    this.state = state;
    this.liveness = liveness;
    this.sink = sink;
    this.json = json;
    this.handler = new Handler();
    this.timers = new TimerDecider(state);
    this.livenessDecider = new LivenessDecider(state, liveness);
    this.gatherings = new GatheringDecider(state);
    this.quotes = new QuoteDecider(state);
    this.moves = new MoveDecider(state);
    this.answers = new Answers(state, liveness);
    this.admission = new Admission(state, json);
  }

  /**
   * Executes a command at that time.
   *
   * @param command what is asked
   * @param key the idempotency key it came with, if any
   * @param nowMs the wall clock, Unix milliseconds; the stamp never falls behind the last one
   */
  public Outcome execute(Command command, @Nullable KeyMark key, long nowMs) {
    stampMs = Math.max(nowMs, state.stampMs());
    if (!(command instanceof TakeOver)) {
      fireTimers();
    }
    Outcome outcome =
        command instanceof ActAs asked
            ? admit(asked, key)
            : once(key, () -> command.accept(handler));
    moves.run(stampMs, this::emit);
    gatherings.follow(command instanceof Tick, freshlyIdle, stampMs, this::emit);
    freshlyIdle.clear();
    if (quotes.mayHaveLost(command instanceof Tick, stampMs)) {
      quotes.losses(stampMs).forEach(this::emit);
    }
    return outcome;
  }

  /** A signed request counts as seen whatever becomes of it, or it could be sent until it fits. */
  private Outcome admit(ActAs asked, @Nullable KeyMark key) {
    Optional<Rejection> stranger = admission.stranger(asked, stampMs);
    if (stranger.isPresent()) {
      return refused(stranger.get());
    }
    Nonce nonce = asked.nonce();
    if (nonce != null) {
      emit(new NonceUsed(nonce.keyId(), nonce.nonce(), nonce.untilMs()));
    }
    Optional<Rejection> notItsOwn = asked.command().accept(new Ownership(state, asked.caller()));
    return notItsOwn.isPresent() ? refused(notItsOwn.get()) : once(key, () -> perform(asked));
  }

  private Outcome perform(ActAs asked) {
    Optional<Rejection> over = admission.quota(asked);
    if (over.isPresent()) {
      return refused(over.get());
    }
    Outcome outcome = asked.command().accept(handler);
    if (outcome instanceof Outcome.Done) {
      admission.note(asked).ifPresent(this::emit);
    }
    return outcome;
  }

  private Outcome once(@Nullable KeyMark key, Supplier<Outcome> first) {
    if (key == null) {
      return first.get();
    }
    Optional<Keys.Used> used = state.keys().find(key.scope());
    if (used.isPresent()) {
      return used.get().mark().hasBodyOf(key)
          ? new Outcome.Done(new Answer.GivenAt(used.get().position()), true)
          : refused(QuoteDesk.anotherRequest());
    }
    unmarked = key;
    Outcome outcome = first.get();
    if (outcome instanceof Outcome.Done done && unmarked != null) {
      emit(new KeyRemembered(key, json.valueToTree(done.answer())));
    }
    unmarked = null;
    return outcome;
  }

  private void fireTimers() {
    Optional<Timer> due = state.timers().firstDue(stampMs);
    while (due.isPresent()) {
      timers.fire(due.get(), stampMs).forEach(this::emit);
      Optional<Timer> next = state.timers().firstDue(stampMs);
      if (next.equals(due)) {
        throw new CorruptStateException("timer " + due.get() + " fired and is still there");
      }
      due = next;
    }
  }

  private Moment emit(Event decided) {
    Moment moment = new Moment(state.position() + 1, stampMs);
    Event event = marked(decided);
    state.apply(event, moment);
    sink.accept(event, moment);
    quotes.saw(event);
    moves.follow(event);
    if (event instanceof AssignmentEnded ended) {
      freshlyIdle.add(state.assignments().known(ended.assignmentId()).minerId());
    } else if (event instanceof MinerStarted
        || event instanceof MinerUncordoned
        || event instanceof MinerCameBack) {
      freshlyIdle.add(((MinerEvent) event).minerId());
    }
    return moment;
  }

  /** What alone tells the answer to its command carries the key, and no event follows for it. */
  private Event marked(Event event) {
    if (unmarked != null && event instanceof DeploymentCreated created) {
      DeploymentCreated marked = created.under(unmarked);
      unmarked = null;
      return marked;
    }
    return event;
  }

  private static Outcome refused(Rejection rejection) {
    return new Outcome.Refused(rejection);
  }

  private static Outcome done(Answer answer) {
    return new Outcome.Done(answer, false);
  }

  /** One method for each command; most decide, emit and answer with the thing they were about. */
  private final class Handler implements CommandHandler<Outcome> {

    private final MinerDecider miners = new MinerDecider(state);
    private final EvidenceDecider evidence = new EvidenceDecider(state);
    private final DeploymentDecider deployments = new DeploymentDecider(state);
    private final AssignmentDecider assignments = new AssignmentDecider(state);
    private final GasDecider gas = new GasDecider(state);
    private final AccountDecider accounts = new AccountDecider(state);
    private final SettlementDecider settlements = new SettlementDecider(state);
    private final RoundDecider rounds = new RoundDecider(state);
    private final AccessDecider access = new AccessDecider(state);

    @Override
    public Outcome handle(RegisterMiner command) {
      return settle(
          evidence.decide(command, stampMs), () -> answers.miner(command.minerId(), stampMs));
    }

    @Override
    public Outcome handle(StartMiner command) {
      Decision decision = miners.decide(command, stampMs);
      if (decision instanceof Decision.Accepted accepted && !accepted.events().isEmpty()) {
        liveness.await(command.minerId(), stampMs); // starting again is no sign of life
      }
      return settle(decision, () -> answers.miner(command.minerId(), stampMs));
    }

    @Override
    public Outcome handle(StopMiner command) {
      Outcome outcome =
          settle(miners.decide(command, stampMs), () -> answers.miner(command.minerId(), stampMs));
      if (outcome instanceof Outcome.Done) {
        liveness.dismiss(command.minerId());
      }
      return outcome;
    }

    @Override
    public Outcome handle(ChangeMinerTerms command) {
      return settle(miners.decide(command), () -> answers.miner(command.minerId(), stampMs));
    }

    @Override
    public Outcome handle(RenewEvidence command) {
      return settle(
          evidence.decide(command, stampMs), () -> answers.miner(command.minerId(), stampMs));
    }

    @Override
    public Outcome handle(ReviewEvidence command) {
      return settle(evidence.decide(command), Answer.Nothing::new);
    }

    @Override
    public Outcome handle(PublishCollateral command) {
      return settle(evidence.decide(command), Answer.Nothing::new);
    }

    @Override
    public Outcome handle(StateStake command) {
      return settle(miners.decide(command), () -> answers.miner(command.minerId(), stampMs));
    }

    @Override
    public Outcome handle(CordonMiner command) {
      return settle(
          miners.decide(command, stampMs), () -> answers.miner(command.minerId(), stampMs));
    }

    @Override
    public Outcome handle(UncordonMiner command) {
      return settle(miners.decide(command), () -> answers.miner(command.minerId(), stampMs));
    }

    @Override
    public Outcome handle(Heartbeat command) {
      return settle(
          livenessDecider.decide(command, stampMs),
          () -> answers.heartbeat(command.minerId(), command.sequence()));
    }

    @Override
    public Outcome handle(CreateDeployment command) {
      Decision decision = deployments.decide(command);
      return settle(decision, () -> answers.deploymentCreated(state.position()));
    }

    @Override
    public Outcome handle(ChangeDeployment command) {
      return settle(deployments.decide(command), () -> answers.deployment(command.deploymentId()));
    }

    @Override
    public Outcome handle(CancelDeployment command) {
      return settle(deployments.decide(command), () -> answers.deployment(command.deploymentId()));
    }

    @Override
    public Outcome handle(AcknowledgeAssignment command) {
      return settle(
          assignments.decide(command, stampMs), () -> answers.assignment(command.assignmentId()));
    }

    @Override
    public Outcome handle(CompleteAssignment command) {
      return settle(
          assignments.decide(command, stampMs), () -> answers.assignment(command.assignmentId()));
    }

    @Override
    public Outcome handle(FailAssignment command) {
      return settle(
          assignments.decide(command, stampMs), () -> answers.assignment(command.assignmentId()));
    }

    @Override
    public Outcome handle(ReportGas command) {
      List<GasResults.Result> results = new ArrayList<>(command.readings().size());
      for (Reading reading : command.readings()) {
        results.add(take(reading));
      }
      return done(new GasResults(results));
    }

    private GasResults.Result take(Reading reading) {
      Decision decision = gas.decide(reading, stampMs);
      if (decision instanceof Decision.Refused refused) {
        gas.flag(reading, refused.rejection(), stampMs).ifPresent(Writer.this::emit);
        return new GasResults.RefusedReading(refused.rejection());
      }
      ((Decision.Accepted) decision).events().forEach(Writer.this::emit);
      return answers.charged(reading);
    }

    @Override
    public Outcome handle(Deposit command) {
      return settle(accounts.decide(command), () -> answers.entry(command));
    }

    @Override
    public Outcome handle(Withdraw command) {
      return settle(accounts.decide(command), () -> answers.entry(command));
    }

    @Override
    public Outcome handle(CorrectCharge command) {
      return settle(accounts.decide(command), () -> answers.correction(command, stampMs));
    }

    @Override
    public Outcome handle(MarkSettlementDelivered command) {
      return settle(settlements.decide(command), () -> answers.settlement(command.number()));
    }

    @Override
    public Outcome handle(AcknowledgeSettlement command) {
      return settle(settlements.decide(command), () -> answers.settlement(command.number()));
    }

    @Override
    public Outcome handle(TakeOver command) {
      long gapMs = state.position() == 0 ? 0 : stampMs - state.stampMs();
      long downMs = gapMs > DOWN_TIME_MS ? gapMs : 0;
      emit(new LeaderTookOver(command.epoch(), command.node(), downMs));
      liveness.startAfresh(state, stampMs);
      fireTimers();
      return done(new Answer.Nothing());
    }

    @Override
    public Outcome handle(Tick command) {
      for (MinerId silent : livenessDecider.takeSilent(stampMs)) {
        livenessDecider.silence(silent, stampMs).forEach(Writer.this::emit);
      }
      prices.look(state, stampMs).ifPresent(Writer.this::emit);
      return done(new Answer.Nothing());
    }

    @Override
    public Outcome handle(ChangePolicy command) {
      long version = state.policy().version();
      if (command.expectedVersion() != version) {
        return refused(
            Rejection.of(Refusal.POLICY_HAS_CHANGED, "The policy is at version " + version + "."));
      }
      Optional<Rejection> outOfBounds = PolicyBounds.refusal(command.policy());
      if (outOfBounds.isPresent()) {
        return refused(outOfBounds.get());
      }
      emit(new PolicyChanged(command.policy().withVersion(version + 1)));
      return done(answers.policy());
    }

    @Override
    public Outcome handle(CommitRound command) {
      RoundDecider.Checked checked = rounds.check(command.plan().lines(), stampMs);
      RoundRecord plan = command.plan().record();
      emit(
          new RoundCommitted(
              plan.committed(
                  state.rounds().lastNumber() + 1, checked.offers().size(), checked.dropped())));
      rounds.offers(checked, state.position() + 1, stampMs).forEach(Writer.this::emit);
      RoundRecord round = state.rounds().newest().get(state.rounds().newest().size() - 1).record();
      rounds.quotes(checked, round, stampMs).forEach(Writer.this::settle);
      return done(new Answer.Nothing());
    }

    @Override
    public Outcome handle(KeepHistory command) {
      emit(new HistoryKept(command.upTo(), command.keysUpTo()));
      return done(new Answer.Nothing());
    }

    @Override
    public Outcome handle(IssueKey command) {
      return settle(access.decide(command), () -> answers.accessKey(command.keyId()));
    }

    @Override
    public Outcome handle(RevokeKey command) {
      return settle(access.decide(command), () -> answers.accessKey(command.keyId()));
    }

    @Override
    public Outcome handle(ActAs command) {
      throw new IllegalStateException("a caller within a caller: " + command);
    }

    @Override
    public Outcome handle(QuoteCommand command) {
      QuoteDesk desk = new QuoteDesk(state, quotes, answers, unmarked, stampMs);
      unmarked = null;
      QuoteDesk.Settled settled = command.accept(desk);
      Outcome outcome = settle(settled.decision(), settled.answer());
      unmarked = settled.key();
      return outcome;
    }
  }

  private Outcome settle(Decision decision, Supplier<Answer> answer) {
    if (decision instanceof Decision.Refused refused) {
      return refused(refused.rejection());
    }
    ((Decision.Accepted) decision).events().forEach(this::emit);
    return done(answer.get());
  }

  /** What a round has made of a quote. Once it is firm, the key of its request counts. */
  private void settle(QuoteEvent event) {
    Quote quote = state.quotes().known(event.quoteId());
    emit(event);
    KeyMark key = quote.key();
    if (quote.state() == QuoteState.REQUESTED && event instanceof QuoteOffered && key != null) {
      emit(new KeyRemembered(key, json.createObjectNode().put("id", quote.id().text())));
    }
  }
}
