package io.phalanx.loadtests.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A file system of a few mebibytes over a folder, which only processes started through it see. It
 * is gone when it is closed, and also when this process ends in any way.
 */
public final class SmallDisk implements AutoCloseable {
  private static final String MOUNTED = "mounted";
  private static final String SCRIPT =
      "mount -t tmpfs -o size=\"$2\" phalanx-small-disk \"$1\" && echo "
          + MOUNTED
          + " && exec cat > /dev/null";
  private static final String FILLER = "filler";
  private static final int BLOCK_BYTES = 4_096;
  private static final int CHUNK_BYTES = 64 * BLOCK_BYTES;

  private final Process keeper;
  private final Path outside;
  private final FileChannel filler;

  private SmallDisk(Process keeper, Path outside, FileChannel filler) {
    this.keeper = keeper;
    this.outside = outside;
    this.filler = filler;
  }

  /** Mounts one over a folder that is there; empty where this process may not. */
  public static Optional<SmallDisk> mount(Path folder, int mebibytes) {
    try {
      Process keeper =
          new ProcessBuilder(
                  List.of(
                      "unshare",
                      "-m",
                      "sh",
                      "-c",
                      SCRIPT,
                      "sh",
                      folder.toString(),
                      mebibytes + "m"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      BufferedReader said = keeper.inputReader(StandardCharsets.US_ASCII);
      if (!MOUNTED.equals(said.readLine())) {
        keeper.destroy();
        return Optional.empty();
      }
      Path outside =
          Path.of("/proc", Long.toString(keeper.pid()), "root" + folder.toAbsolutePath());
      FileChannel filler =
          FileChannel.open(
              outside.resolve(FILLER), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return Optional.of(new SmallDisk(keeper, outside, filler));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The words before a command that make it see this disk. */
  public List<String> before() {
    return List.of("nsenter", "--mount", "--target", Long.toString(keeper.pid()));
  }

  /** The same folder for this process. */
  public Path outside() {
    return outside;
  }

  /** Takes all that is left of it; more may be given back by others afterwards. */
  public void fill() {
    for (int bytes = CHUNK_BYTES; bytes >= BLOCK_BYTES; bytes /= 2) {
      fill(bytes);
    }
  }

  private void fill(int bytes) {
    try {
      while (filler.write(ByteBuffer.allocate(bytes)) == bytes) {
        // until it is full
      }
    } catch (IOException full) {
      return;
    }
  }

  /** Gives all that was taken back. */
  public void free() {
    try {
      filler.truncate(0);
    } catch (IOException e) {
      throw new UncheckedIOException("the disk could not be freed", e);
    }
  }

  /** Bytes that are left. */
  public long left() {
    try {
      return Files.getFileStore(outside).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException("the disk cannot be asked", e);
    }
  }

  @Override
  public void close() {
    try {
      filler.close();
      keeper.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("the disk could not be let go", e);
    } finally {
      keeper.destroy();
    }
  }
}
