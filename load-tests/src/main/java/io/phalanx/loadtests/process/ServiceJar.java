package io.phalanx.loadtests.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the runnable jar of the service is. */
public final class ServiceJar {
  /** System property that names another jar. */
  public static final String PROPERTY = "phalanx.jar";

  private static final Path BUILT = Path.of("api", "target", "phalanx.jar");

  private ServiceJar() {}

  /**
   * The jar that the property names, else the one built in this project, found from the working
   * folder upwards.
   *
   * @throws IllegalStateException if there is none
   */
  public static Path find() {
    String named = System.getProperty(PROPERTY, "");
    if (!named.isEmpty()) {
      return Path.of(named).toAbsolutePath();
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path jar = at.resolve(BUILT);
      if (Files.exists(jar)) {
        return jar;
      }
    }
    throw new IllegalStateException(
        "no " + BUILT + " above the working folder: build it, or set -D" + PROPERTY);
  }
}
