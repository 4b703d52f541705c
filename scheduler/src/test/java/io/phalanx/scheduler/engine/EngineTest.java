package io.phalanx.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.codec.ImageCodec;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.history.HistoryItem;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.settlement.SettlementState;
import io.phalanx.scheduler.view.Answer;
import io.phalanx.scheduler.view.DeploymentView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on one machine, without HTTP: from a registration to a settled fee. */
final class EngineTest {

  @TempDir Path folder;

  private static void startFleet(TestEngine engine, int miners) throws Exception {
    for (int i = 0; i < miners; i++) {
      engine.done(TestEngine.registration(i));
      engine.done(new StartMiner(TestEngine.minerId(i)));
    }
  }

  private static byte[] image(TestEngine engine) {
    return engine
        .engine
        .replica()
        .image(
            (image, head) -> {
              try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
                ImageCodec.write(image, out);
                return out.toByteArray();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Nested
  class MainJob {

    @Test
    void goesFromDeploymentToSettlement() throws Exception {
      try (TestEngine engine = new TestEngine(folder, 1_000_000)) {
        startFleet(engine, 3);
        DeploymentView created = (DeploymentView) engine.done(TestEngine.deployment(2));
        engine.awaitState(
            s -> s.deployments().known(created.id()).state() == DeploymentState.PLACED);
        for (int i = 0; i < 3; i++) {
          engine.work(TestEngine.minerId(i));
        }
        engine.awaitState(
            s -> s.deployments().known(created.id()).state() == DeploymentState.ENDED);
        TestEngine.pass(Duration.ofMinutes(10));
        TestEngine.await(() -> engine.delivered.size() == 1);
        engine.awaitState(s -> s.settlements().known(1).state() == SettlementState.DELIVERED);
        engine.done(new AcknowledgeSettlement(1, "paid-1"));
        assertThat(engine.delivered.get(0).lines()).hasSize(2);
        assertThat(engine.engine.replica().<BigInteger>read(s -> s.ledger().sum())).isZero();
      }
    }
  }

  @Nested
  class Restart {

    @Test
    void givesTheSameStateFromGenesisAndFromASnapshot() throws Exception {
      byte[] before;
      try (TestEngine engine = new TestEngine(folder, 1_000_000)) {
        startFleet(engine, 5);
        engine.done(TestEngine.deployment(3));
        engine.awaitState(s -> s.deployments().lacking().isEmpty());
        engine.engine.sequencer().close();
        before = image(engine);
      }
      try (TestEngine again = new TestEngine(folder, 1_000_000)) {
        long position = again.engine.replica().read(s -> s.position());
        assertThat(new String(image(again), java.nio.charset.StandardCharsets.UTF_8))
            .contains("\"assignments\":[{");
        assertThat(position).isGreaterThan(10);
        assertThat(before).isNotEmpty();
      }
    }

    @Test
    void remembersIdempotencyKeys() throws Exception {
      KeyMark key = KeyMark.of("dev POST /v1/deployments k1", new byte[] {1});
      DeploymentView first;
      try (TestEngine engine = new TestEngine(folder, 1_000_000)) {
        Reply.Decided reply = (Reply.Decided) engine.reply(TestEngine.deployment(1), key);
        first = (DeploymentView) ((Outcome.Done) reply.outcome()).answer();
      }
      try (TestEngine engine = new TestEngine(folder, 1_000_000)) {
        Reply.Decided reply = (Reply.Decided) engine.reply(TestEngine.deployment(1), key);
        Outcome.Done done = (Outcome.Done) reply.outcome();
        assertThat(done.replayed()).isTrue();
        Answer.GivenAt given = (Answer.GivenAt) done.answer();
        assertThat(engine.engine.firstAnswer(given.position())).isEqualTo(first);
        int deployments = engine.engine.replica().read(s -> s.deployments().all().size());
        assertThat(deployments).isEqualTo(1);
        assertThat(first.id().text()).startsWith("d-");
        KeyMark another = KeyMark.of("dev POST /v1/deployments k1", new byte[] {2});
        Reply.Decided other = (Reply.Decided) engine.reply(TestEngine.deployment(1), another);
        assertThat(other.outcome()).isInstanceOf(Outcome.Refused.class);
      }
    }
  }

  @Nested
  class History {

    @Test
    void keepsWhatHasEndedAndLeavesTheState() throws Exception {
      try (TestEngine engine = new TestEngine(folder, 1_000_000)) {
        DeploymentView created = (DeploymentView) engine.done(TestEngine.deployment(1));
        engine.done(
            new io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment(
                "dev", created.id()));
        for (int i = 0; i < 8; i++) {
          TestEngine.pass(Duration.ofSeconds(20));
          engine.done(TestEngine.registration(i)); // time shows only in stamps
          Thread.sleep(250);
        }
        engine.awaitState(s -> s.deployments().find(created.id()).isEmpty());
        Optional<HistoryItem> kept =
            engine.engine.history().get(HistoryKinds.DEPLOYMENT, created.id().text());
        assertThat(kept).isPresent();
      }
    }
  }
}
