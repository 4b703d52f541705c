package io.phalanx.scheduler.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Folders whose entries survive a power loss. */
public final class Folders {
  private Folders() {}

  /** Makes the names in a folder durable: syncing a file says nothing of its name. */
  public static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Makes a folder and those above it, durably, where they are absent. */
  public static void make(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath();
    Path parent = absolute.getParent();
    if (parent != null && !Files.isDirectory(absolute)) {
      make(parent);
      Files.createDirectories(absolute);
      sync(parent);
    }
  }
}
