package io.phalanx.scheduler.snapshot;

import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.storage.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Snapshots as files of one folder, named by their position; see {@link SnapshotFile}. */
public final class FileSnapshotStore implements SnapshotStore {
  /** Name of the folder in the data folder. */
  public static final String FOLDER = "snapshots";

  private static final int KEPT = 2;
  private static final String UNFINISHED = "unfinished.tmp";
  private static final Pattern NAME = Pattern.compile("snapshot-[0-9]{19}\\.phx");

  private final Path folder;

  /** A store in this folder, which is made when the first snapshot is saved. */
  public FileSnapshotStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public synchronized void save(JournalHead at, Writer writer) {
    String name = "snapshot-%019d.phx".formatted(at.last());
    Path unfinished = folder.resolve(UNFINISHED);
    try {
      Folders.make(folder);
      new SnapshotFile(unfinished).write(at, writer);
      Files.move(
          unfinished,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      Folders.sync(folder);
      removeAllBut(name);
    } catch (IOException e) {
      remove(unfinished, e);
      throw new SnapshotFailedException(folder.resolve(name) + " was not saved", e);
    }
  }

  /** On a full disk it would only take up more of what is missing. */
  private static void remove(Path unfinished, IOException fault) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
  }

  @Override
  public <T> Optional<T> newest(Reader<T> reader, DamageListener damage) {
    for (Path path : newestFirst()) {
      try {
        return Optional.of(new SnapshotFile(path).read(reader));
      } catch (IOException | SnapshotUnusableException e) {
        damage.passedOver(path.toString(), reason(e));
      }
    }
    return Optional.empty();
  }

  /**
   * Keeps the one just saved and those next before it. What is beyond it belongs to a journal that
   * went back, and would stand in the way for ever.
   */
  private void removeAllBut(String saved) throws IOException {
    int kept = 0;
    for (Path path : newestFirst()) {
      boolean isBeyond = path.getFileName().toString().compareTo(saved) > 0;
      if (isBeyond || ++kept > KEPT) {
        Files.delete(path);
      }
    }
  }

  private List<Path> newestFirst() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw new SnapshotFailedException(folder + " cannot be listed", e);
    }
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return e instanceof SnapshotUnusableException && message != null ? message : e.toString();
  }
}
