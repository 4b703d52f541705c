package io.phalanx.api.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the data that lies beside the project, when it is there. */
public final class SharedData {
  private SharedData() {}

  /**
   * A file or folder of the shared data; the system property {@code phalanx.shared} may move it.
   */
  public static Optional<Path> find(String name) {
    String given = System.getProperty("phalanx.shared");
    if (given != null) {
      return Optional.of(Path.of(given, "data").resolve(name)).filter(Files::exists);
    }
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path candidate = up.resolve("../shared/data").resolve(name).normalize();
      if (Files.exists(up.resolve("pom.xml")) && Files.exists(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
