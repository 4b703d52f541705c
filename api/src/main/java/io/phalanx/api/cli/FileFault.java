package io.phalanx.api.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Why a file that was named cannot be read, in the words of people. */
final class FileFault {
  private FileFault() {}

  static String sentence(@Nullable Path file, IOException fault) {
    return fault instanceof NoSuchFileException
        ? file + ": there is no such file"
        : file + ": cannot be read: " + fault.getMessage();
  }
}
