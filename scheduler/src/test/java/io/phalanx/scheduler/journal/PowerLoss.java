package io.phalanx.scheduler.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.phalanx.scheduler.journal.DiskOp.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Disks as a power loss can leave them. What was synced is there. Of what was written and not
 * synced, each piece may be there or not, whatever its order, and each of its sectors alone; so may
 * each name that was made or removed since the folder was synced.
 */
final class PowerLoss {
  private static final int SECTOR_BYTES = 512;
  private static final double[] KEPT = {0, 0.25, 0.5, 0.75, 1};

  private final List<DiskOp> ops;
  private final SplittableRandom random;

  /**
   * A disk after the power has gone.
   *
   * @param files by name
   * @param promises what had been promised, oldest first
   * @param unsynced how many writes were on their way
   * @param dropped how many of these are not there, or not whole
   */
  record Image(Map<String, byte[]> files, List<String> promises, int unsynced, int dropped) {
    void write(Path folder) throws IOException {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
    }
  }

  PowerLoss(List<DiskOp> ops, long seed) {
    this.ops = ops;
    this.random = new SplittableRandom(seed);
  }

  /** What a loss at some moment leaves. */
  Image next() {
    DiskOp last = ops.get(random.nextInt(ops.size()));
    Loss loss = new Loss(random.nextBoolean() ? last.begun() : last.done());
    return loss.image();
  }

  /** One loss of power. */
  private final class Loss {
    private final int moment;
    private final double kept = KEPT[random.nextInt(KEPT.length)];
    private final boolean torn = random.nextBoolean();
    private final Map<Integer, Integer> syncedBefore = new HashMap<>();
    private final Map<Integer, byte[]> contents = new HashMap<>();
    private final Map<String, Integer> names = new TreeMap<>();
    private int unsynced;
    private int dropped;

    Loss(int moment) {
      this.moment = moment;
      for (DiskOp op : ops) {
        boolean isSync = op.kind() == Kind.SYNC || op.kind() == Kind.SYNC_NAMES;
        if (isSync && op.done() <= moment) {
          syncedBefore.merge(op.file(), op.begun(), Math::max);
        }
      }
    }

    Image image() {
      List<String> promises = new ArrayList<>();
      for (DiskOp op : ops) {
        if (op.begun() > moment) {
          continue; // another thread's may stand behind it and have begun before
        }
        if (op.kind() == Kind.PROMISE) {
          promises.add(new String(op.bytes(), US_ASCII).strip());
        } else if (op.isOfNames()) {
          name(op);
        } else if (op.isOfBytes()) {
          change(op);
        }
      }
      Map<String, byte[]> files = new TreeMap<>();
      names.forEach((name, file) -> files.put(name, contents.getOrDefault(file, new byte[0])));
      files.remove(PowerLossWriter.PROMISES);
      return new Image(files, promises, unsynced, dropped);
    }

    private boolean isDurable(DiskOp op, int syncedFile) {
      return op.done() < syncedBefore.getOrDefault(syncedFile, 0);
    }

    private void name(DiskOp op) {
      if (!isDurable(op, 0) && random.nextDouble() >= kept) {
        return;
      }
      if (op.kind() == Kind.CREATE) {
        names.put(op.name(), op.file());
      } else {
        names.remove(op.name(), op.file());
      }
    }

    private void change(DiskOp op) {
      boolean durable = isDurable(op, op.file());
      unsynced += durable ? 0 : 1;
      if (durable || random.nextDouble() < kept) {
        apply(op);
        return;
      }
      dropped++;
      if (torn && op.kind() == Kind.WRITE) {
        applySectors(op);
      }
    }

    private void apply(DiskOp op) {
      if (op.kind() == Kind.CUT) {
        byte[] before = contents.getOrDefault(op.file(), new byte[0]);
        contents.put(op.file(), Arrays.copyOf(before, Math.toIntExact(op.at())));
      } else {
        put(op, 0, op.bytes().length);
      }
    }

    private void applySectors(DiskOp op) {
      int length = op.bytes().length;
      int toBoundary = SECTOR_BYTES - (int) (op.at() % SECTOR_BYTES);
      for (int from = 0, to = Math.min(toBoundary, length); from < length; ) {
        if (random.nextBoolean()) {
          put(op, from, to);
        }
        from = to;
        to = Math.min(to + SECTOR_BYTES, length);
      }
    }

    private void put(DiskOp op, int from, int to) {
      byte[] before = contents.getOrDefault(op.file(), new byte[0]);
      int start = Math.toIntExact(op.at()) + from;
      int length = Math.max(before.length, start + to - from);
      byte[] after = length == before.length ? before : Arrays.copyOf(before, length);
      System.arraycopy(op.bytes(), from, after, start, to - from);
      contents.put(op.file(), after);
    }
  }
}
