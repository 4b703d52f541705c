package io.phalanx.attestation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.URL;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Who may know what: the arrows of the module. */
final class ArchitectureTest {
  private static final String ROOT = "io.phalanx.attestation";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void nothingOfTheServiceIsKnown() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "..",
            "java..",
            "org.bouncycastle..",
            "com.fasterxml.jackson..",
            "org.jspecify.annotations..")
        .check(CLASSES);
  }

  @Test
  void theVocabularyKnowsNoVerifier() {
    noClasses()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".x509", ROOT + ".dcap", ROOT + ".ias", ROOT + ".verify")
        .check(CLASSES);
  }

  @Test
  void certificatesKnowNeitherQuotesNorReports() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".x509", ROOT + ".json")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".dcap", ROOT + ".ias", ROOT + ".verify")
        .check(CLASSES);
  }

  @Test
  void thereIsNoClockNoRandomnessNoFileAndNoNetwork() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            Clock.class,
            InstantSource.class,
            Random.class,
            SecureRandom.class,
            SplittableRandom.class,
            Path.class,
            URL.class,
            Thread.class)
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(CLASSES);
  }
}
