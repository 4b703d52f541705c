package io.phalanx.api.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The API key that a client presents: given, from a file, or from the environment, in this order. A
 * key on the command line can be read by everybody on the machine, so a file is better.
 */
public final class KeyFlags {

  @Option(
      names = "--key",
      paramLabel = "KEY",
      defaultValue = "${env:PHALANX_KEY}",
      description = "API key; else the environment's PHALANX_KEY. A file is better.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private @Nullable String given;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      defaultValue = "${env:PHALANX_KEY_FILE}",
      description = "File that holds the API key; else the environment's PHALANX_KEY_FILE.")
  private @Nullable Path file;

  /** The key, if one is given; asked after {@link #faults} named none. */
  public Optional<String> key() {
    try {
      String text = file == null ? given : Files.readString(file);
      return Optional.ofNullable(text).map(String::strip).filter(key -> !key.isEmpty());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("the key's file", e);
    }
  }

  /** What is wrong, a sentence each. */
  public List<String> faults() {
    return file == null || Files.isReadable(file)
        ? List.of()
        : List.of("--key-file: there is no file that can be read: " + file);
  }
}
