package io.phalanx.scheduler;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.phalanx.scheduler.journal.Hash;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Who may know what: the arrows of the module. */
final class ArchitectureTest {

  private static final String ROOT = "io.phalanx.scheduler";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** What decides and what is decided on: the same on every machine, whenever it runs. */
  private static final String[] PURE =
      packages(
          "account",
          "audit",
          "command",
          "decide",
          "decision",
          "deployment",
          "event",
          "id",
          "merkle",
          "miner",
          "policy",
          "proof",
          "reward",
          "round",
          "settlement",
          "state",
          "statement",
          "unit",
          "view");

  private static String[] packages(String... names) {
    return List.of(names).stream().map(name -> ROOT + "." + name + "..").toArray(String[]::new);
  }

  @Test
  void onlyTheStoresKnowSql() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("journal", "snapshot", "history", "receipt", "storage"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
        .check(CLASSES);
  }

  @Test
  void nothingKnowsTheNetwork() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..", "io.netty..", "com.hazelcast..", "java.net.http..", "com.sun.net..")
        .check(CLASSES);
  }

  @Test
  void nothingKnowsTheModulesAbove() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.phalanx.api..", "io.phalanx.cluster..", "io.phalanx.attestation..")
        .check(CLASSES);
  }

  @Test
  void theCoreKnowsNeitherEngineNorStoresNorLogs() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + ".engine..")
                .or(resideInAPackage(ROOT + ".journal..").and(not(type(Hash.class))))
                .or(resideInAPackage(ROOT + ".snapshot.."))
                .or(resideInAPackage(ROOT + ".history.."))
                .or(resideInAPackage(ROOT + ".receipt.."))
                .or(resideInAPackage("org.slf4j..")))
        .check(CLASSES);
  }

  @Test
  void theCoreReadsNoClockNoChanceAndNoEnvironment() {
    Set<Class<?>> never =
        Set.of(
            Random.class,
            SplittableRandom.class,
            ThreadLocalRandom.class,
            Thread.class,
            Clock.class,
            InstantSource.class,
            Runtime.class);
    Predicate<JavaAccess<?>> forbidden =
        access ->
            never.stream().anyMatch(type -> access.getTargetOwner().isEquivalentTo(type))
                || calls(access, System.class, "currentTimeMillis", "nanoTime", "getenv")
                || calls(access, System.class, "getProperty", "identityHashCode")
                || calls(access, Instant.class, "now")
                || calls(access, Math.class, "random")
                || calls(access, UUID.class, "randomUUID");
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .accessTargetWhere(describe("clock, chance, threads or environment", forbidden))
        .check(CLASSES);
  }

  private static boolean calls(JavaAccess<?> access, Class<?> owner, String... names) {
    return access.getTargetOwner().isEquivalentTo(owner)
        && List.of(names).contains(access.getName());
  }

  @Test
  void theCoreNeverCountsInFloatingPoint() {
    noFields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(PURE)
        .should()
        .haveRawType(double.class)
        .orShould()
        .haveRawType(float.class)
        .check(CLASSES);
    noMethods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(PURE)
        .should()
        .haveRawReturnType(double.class)
        .orShould()
        .haveRawReturnType(float.class)
        .check(CLASSES);
  }

  @Test
  void theAuditSharesNothingWithTheWriterAndTheStateItChecks() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".audit..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages("decide", "state", "account", "engine", "view"))
        .check(CLASSES);
  }

  @Test
  void theJournalKnowsNeitherSnapshotsNorHistory() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".journal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages("snapshot", "history", "engine", "state", "event"))
        .check(CLASSES);
  }
}
