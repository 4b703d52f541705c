package io.phalanx.loadtests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.phalanx.loadtests.process.ServiceProcess;
import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.scheduler.engine.StoredAudit;
import io.phalanx.scheduler.journal.SqliteJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Malformed bodies on every POST of the real service: never a 5xx, never a hang. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ApiFuzzIT {

  private static final long SEED = 20_261_122;
  private static final int MUTANTS = Integer.getInteger("phalanx.mutants", 4_000);

  @TempDir static Path folder;

  private static ServiceProcess service;
  private static List<Target> targets;

  @BeforeAll
  static void start() throws Exception {
    service = ServiceProcess.start(ServiceProcess.Launch.of(folder, List.of(), List.of()));
    Probe probe = new Probe(service.url());
    Things things = Things.make(probe);
    targets = Target.of(probe.get("/openapi.json"), things, things.bodies());
  }

  /** What was let in by mistake would show in the books. */
  @AfterAll
  static void leavesASoundJournal() throws InterruptedException {
    service.stop();
    try (SqliteJournal journal = SqliteJournal.open(folder, "main")) {
      AuditReport report = StoredAudit.of(journal);
      assertThat(report.violations()).isEmpty();
    }
  }

  @Nested
  class EveryPost {

    @Test
    void answersTheParsingSuite() throws Exception {
      List<JsonCorpus.Document> suite = JsonCorpus.suite();
      assumeThat(suite).as("the JSON parsing suite is not here").isNotEmpty();
      assertThat(suite).filteredOn(JsonCorpus.Document::isMalformed).hasSize(188);
      assertThat(suite).filteredOn(JsonCorpus.Document::isJson).hasSize(95);
      post(suite);
    }

    @Test
    void answersOurOwnMalformedDocuments() throws Exception {
      post(JsonCorpus.own());
    }

    private void post(List<JsonCorpus.Document> corpus) throws Exception {
      Probe probe = new Probe(service.url());
      for (Target target : targets) {
        for (JsonCorpus.Document document : corpus) {
          int status = probe.post(target.path(), document.bytes(), target.documented());
          boolean mayBeAbsent = document.bytes().length == 0 && !target.bodyRequired();
          if (document.isMalformed() && !mayBeAbsent && status / 100 != 4) {
            probe.fault(target.path(), document.bytes(), document.name() + " got " + status);
          }
        }
      }
      conclude(probe);
    }

    @Test
    void answersMutantsOfValidBodies() throws Exception {
      SplittableRandom random = new SplittableRandom(SEED);
      Mutator mutator = new Mutator(random.split());
      Probe probe = new Probe(service.url());
      for (int i = 0; i < MUTANTS; i++) {
        Target target = targets.get(random.nextInt(targets.size()));
        byte[] body = mutator.mutate(target.valid());
        probe.post(target.path(), body, target.documented());
      }
      conclude(probe);
      assertThat(probe.statuses()).containsKeys(400, 422);
    }

    private void conclude(Probe probe) throws IOException, InterruptedException {
      System.out.println(probe.sent() + " requests, answers by status: " + probe.statuses());
      assertThat(probe.faults()).isEmpty();
      assertThat(probe.get("/health/ready").isObject()).isTrue();
    }
  }
}
