package io.phalanx.api.payout;

import io.phalanx.scheduler.engine.SettlementReceiver;
import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.storage.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that the payout layer reads: a file for each settlement, whole and durable from the
 * moment it has its name. A file that is there already is never changed.
 */
public final class PayoutFolder implements SettlementReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(PayoutFolder.class);

  private final Path folder;

  /** Fills that folder, which is made with the first settlement if it is absent. */
  public PayoutFolder(Path folder) {
    this.folder = folder;
  }

  /** The name of a settlement's file: in the order of their numbers. */
  static String name(long number) {
    return String.format("settlement-%012d.json", number);
  }

  @Override
  public boolean deliver(Settlement settlement, SettlementSeal seal) {
    byte[] body = SettlementBody.of(settlement, seal);
    Path file = folder.resolve(name(settlement.number()));
    try {
      if (Files.exists(file)) {
        return isSame(file, body);
      }
      Folders.make(folder);
      Path unfinished = folder.resolve("." + file.getFileName() + ".tmp");
      write(unfinished, body);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      Folders.sync(folder);
      return true;
    } catch (IOException e) {
      LOG.warn(
          "event=delivery-failed settlement={} reason=\"{}\"", settlement.number(), e.toString());
      return false;
    }
  }

  private static boolean isSame(Path file, byte[] body) throws IOException {
    boolean same = Arrays.equals(Files.readAllBytes(file), body);
    if (!same) {
      LOG.error("event=delivery-refused reason=\"{} has other content\"", file);
    }
    return same;
  }

  private static void write(Path file, byte[] body) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer content = ByteBuffer.wrap(body);
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
  }
}
