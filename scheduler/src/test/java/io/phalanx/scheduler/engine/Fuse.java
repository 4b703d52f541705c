package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.engine.Failpoint.Side;
import io.phalanx.scheduler.engine.Failpoint.Where;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.SettlementEvent.SettlementClosed;
import io.phalanx.scheduler.event.SettlementEvent.SettlementDelivered;
import io.phalanx.scheduler.event.SystemEvent.HistoryKept;
import io.phalanx.scheduler.event.SystemEvent.LeaderTookOver;
import io.phalanx.scheduler.journal.JournalRow;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Stands around the ports of one node and kills it at one point: from then on nothing that it asks
 * for is done, and nobody hears of it any more.
 */
final class Fuse {
  /** By what is told in a row, which may tell of several. */
  private static final Map<Class<? extends Event>, Where> TELLING = new HashMap<>();

  static {
    TELLING.put(LeaderTookOver.class, Where.APPEND_OF_A_TAKE_OVER);
    TELLING.put(SettlementClosed.class, Where.APPEND_OF_A_SETTLEMENT);
    TELLING.put(SettlementDelivered.class, Where.APPEND_OF_A_DELIVERY);
    TELLING.put(AssignmentOffered.class, Where.APPEND_OF_AN_ORDER);
    TELLING.put(GasCharged.class, Where.APPEND_OF_A_CHARGE);
    TELLING.put(HistoryKept.class, Where.APPEND_OF_LETTING_GO);
  }

  private final @Nullable Failpoint at;
  private volatile boolean blown;

  /** A fuse that blows the first time that point is passed; none for null. */
  Fuse(@Nullable Failpoint at) {
    this.at = at;
  }

  boolean isBlown() {
    return blown;
  }

  /** The same port with the fuse around what changes something; it can always be closed. */
  <T> T guard(Class<T> port, T real) {
    Object guarded =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              Object[] all = arguments == null ? new Object[0] : arguments;
              Set<Where> what = what(port, method, all);
              return what.isEmpty()
                  ? unguarded(real, method, all)
                  : around(what, () -> invoke(real, method, all));
            });
    return port.cast(guarded);
  }

  private @Nullable Object unguarded(Object real, Method method, Object[] arguments)
      throws Exception {
    if (blown && !method.getName().equals("close")) {
      throw new Crash("before " + method.getName());
    }
    return invoke(real, method, arguments);
  }

  /** Does something that the node may die before or after. */
  <T extends @Nullable Object> T around(Set<Where> what, Callable<T> action) throws Exception {
    pass(what, Side.BEFORE);
    T result = action.call();
    pass(what, Side.AFTER);
    return result;
  }

  private void pass(Set<Where> what, Side side) {
    if (!blown && at != null && what.contains(at.where()) && at.side() == side) {
      blown = true;
    }
    if (blown) {
      throw new Crash(side + " " + what);
    }
  }

  private static Set<Where> what(Class<?> port, Method method, Object[] arguments) {
    return switch (port.getSimpleName() + "." + method.getName()) {
      case "Journal.claimEpoch" -> Set.of(Where.CLAIM_OF_AN_EPOCH);
      case "Journal.append" -> toldIn((JournalRow) arguments[0]);
      case "HistoryStore.write" -> Set.of(Where.HISTORY);
      case "ReceiptStore.write" -> Set.of(Where.RECEIPTS);
      case "SnapshotStore.save" -> Set.of(Where.SNAPSHOT);
      case "SettlementReceiver.deliver" -> Set.of(Where.DELIVERY);
      default -> Set.of();
    };
  }

  private static Set<Where> toldIn(JournalRow row) {
    List<StampedEvent> events = new ArrayList<>();
    new EventCodec().decode(row.body(), row.first(), events::add);
    Set<Where> told = EnumSet.noneOf(Where.class);
    for (StampedEvent stamped : events) {
      Where where = TELLING.get(stamped.event().getClass());
      if (where != null) {
        told.add(where);
      }
    }
    return told.isEmpty() ? Set.of(Where.APPEND_OF_ANYTHING_ELSE) : told;
  }

  private static @Nullable Object invoke(Object real, Method method, Object[] arguments)
      throws Exception {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    }
  }
}
