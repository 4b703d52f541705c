package io.phalanx.api.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The API key that a client presents: from a file, on the command line, or of the environment. */
public final class KeyFlags {

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "File with the API key; without it PHALANX_KEY_FILE or PHALANX_KEY, if set.")
  private @Nullable Path file;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The API key itself; others on this machine can read it: a file is better.")
  private @Nullable String text;

  /** The key, if there is one; asked after {@link #faults} named none. */
  public Optional<String> key() {
    return given().or(KeyFlags::ofTheEnvironment);
  }

  /** The key that the command line names. */
  Optional<String> given() {
    return file == null ? cleaned(text) : cleaned(read(file));
  }

  /** The key that the environment names. */
  static Optional<String> ofTheEnvironment() {
    String named = System.getenv("PHALANX_KEY_FILE");
    boolean isFile = named != null && !named.isBlank();
    return cleaned(isFile ? read(Path.of(named)) : System.getenv("PHALANX_KEY"));
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException("the key's file cannot be read: " + path, e);
    }
  }

  private static Optional<String> cleaned(@Nullable String key) {
    return Optional.ofNullable(key).map(String::strip).filter(some -> !some.isEmpty());
  }

  /** What is wrong, a sentence each. */
  public List<String> faults() {
    if (file != null) {
      return unreadable("--key-file", file);
    }
    String named = text == null ? System.getenv("PHALANX_KEY_FILE") : null;
    return named == null || named.isBlank()
        ? List.of()
        : unreadable("PHALANX_KEY_FILE", Path.of(named));
  }

  private static List<String> unreadable(String where, Path path) {
    return Files.isReadable(path) && Files.isRegularFile(path)
        ? List.of()
        : List.of(where + ": cannot be read: " + path);
  }
}
