package io.phalanx.scheduler.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A lock file that one process holds as long as it lives; the system frees it with the process. */
public final class ProcessLock implements AutoCloseable {
  // The system's lock belongs to the process and ends when ANY descriptor of the file is closed, so
  // a second attempt within this process must be turned away before it opens the file.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
  private static final int LONGEST_PID = 20;

  private final Path file;
  private final FileChannel channel;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock or fails at once. The file is never removed; it holds the last holder's pid.
   *
   * @throws JournalLockedException if somebody has it
   */
  public static ProcessLock take(Path folder, String name) throws IOException {
    Path file = folder.toRealPath().resolve(name);
    long self = ProcessHandle.current().pid();
    if (!HELD_HERE.add(file)) {
      throw new JournalLockedException(file.toString(), self);
    }
    @Nullable FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new JournalLockedException(file.toString(), holder(channel));
      }
      channel.truncate(0);
      channel.write(US_ASCII.encode(self + "\n"), 0);
      return new ProcessLock(file, channel);
    } catch (IOException | RuntimeException e) {
      HELD_HERE.remove(file);
      if (channel != null) {
        channel.close();
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD_HERE.remove(file);
    }
  }

  private static long holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LONGEST_PID);
    channel.read(text, 0);
    String pid = US_ASCII.decode(text.flip()).toString().strip();
    return pid.matches("[0-9]{1,18}") ? Long.parseLong(pid) : 0;
  }
}
