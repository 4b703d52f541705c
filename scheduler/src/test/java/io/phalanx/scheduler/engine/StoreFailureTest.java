package io.phalanx.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.journal.SqliteJournal;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that fails in the middle: nothing answered is lost, nothing happens twice. */
final class StoreFailureTest {

  private static final KeyMark KEY = KeyMark.of("dev POST /v1/deployments k1", new byte[] {1});

  @TempDir Path folder;

  private static int deployments(TestEngine engine) {
    return engine.engine.replica().read(state -> state.deployments().all().size());
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "BROKEN"})
  void aRefusedRowIsNotDoneAndTheWriterGoesOn(FlakyJournal.Fault fault) throws Exception {
    try (TestEngine engine = new TestEngine(folder, 1_000_000)) {
      engine.fault.set(fault);
      assertThat(engine.reply(TestEngine.deployment(1), KEY)).isInstanceOf(Reply.NotDone.class);
      TestEngine.await(() -> engine.engine.sequencer().epoch() == 2);
      TestEngine.await(() -> engine.engine.sequencer().isLeading());
      assertThat(deployments(engine)).isZero();
      engine.done(TestEngine.deployment(1));
      assertThat(deployments(engine)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LOST_ANSWER", "LOST_ROW"})
  void anUnknownOutcomeIsSettledByTheSameRow(FlakyJournal.Fault fault) throws Exception {
    try (TestEngine engine = new TestEngine(folder, 1_000_000)) {
      engine.fault.set(fault);
      assertThat(engine.reply(TestEngine.deployment(1), KEY)).isInstanceOf(Reply.Unknown.class);
      TestEngine.await(() -> engine.engine.sequencer().epoch() == 2);
      TestEngine.await(() -> engine.engine.sequencer().isLeading());
      Reply.Decided again = (Reply.Decided) engine.reply(TestEngine.deployment(1), KEY);
      assertThat(((Outcome.Done) again.outcome()).replayed()).isTrue();
      assertThat(deployments(engine)).isEqualTo(1);
    }
    try (SqliteJournal journal = SqliteJournal.open(folder, "main")) {
      assertThat(StoredAudit.of(journal).violations()).isEmpty();
    }
  }
}
