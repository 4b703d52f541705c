package io.phalanx.api.cli;

import io.phalanx.scheduler.history.SqliteHistory;
import io.phalanx.scheduler.receipt.SqliteReceipts;
import io.phalanx.scheduler.snapshot.FileSnapshotStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a data folder has beside the journal that is built from it, and again when it is gone. */
final class BuiltFiles {
  private static final List<String> NAMES =
      List.of(SqliteHistory.FILE, SqliteReceipts.FILE, FileSnapshotStore.FOLDER);

  private BuiltFiles() {}

  /** Those that are there, with the files that SQLite keeps beside its own. */
  static List<Path> in(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files.filter(file -> isBuilt(file.getFileName().toString())).sorted().toList();
    }
  }

  private static boolean isBuilt(String name) {
    return NAMES.stream()
        .anyMatch(built -> name.equals(built) || name.matches(built + "-(wal|shm)"));
  }

  /** A name in the folder that nothing has yet. */
  static Path free(Path data, String name) {
    Path path = data.resolve(name);
    for (int i = 2; Files.exists(path); i++) {
      path = data.resolve(name + "-" + i);
    }
    return path;
  }
}
