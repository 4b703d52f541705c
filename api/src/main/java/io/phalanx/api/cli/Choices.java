package io.phalanx.api.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words that an option may have, one or several by comma: shells complete them, and what is none of
 * them is said before anything is asked.
 */
abstract class Choices implements Iterable<String> {
  private final List<String> words;

  private Choices(String... words) {
    this.words = List.of(words);
  }

  @Override
  public Iterator<String> iterator() {
    return words.iterator();
  }

  /** Names the words that are none of these; a value that is absent is right. */
  void check(String option, @Nullable String value) throws BadUsageException {
    if (value == null) {
      return;
    }
    List<String> unknown = new ArrayList<>(List.of(value.split(",", -1)));
    unknown.removeAll(words);
    if (!unknown.isEmpty()) {
      throw new BadUsageException(
          "%s: there is no '%s'; there are %s"
              .formatted(option, String.join("', '", unknown), String.join(", ", words)));
    }
  }

  /** Of a deployment. */
  static final class Deployments extends Choices {
    Deployments() {
      super("Pending", "Placed", "Running", "Degraded", "Ended");
    }
  }

  /** Of a quote. */
  static final class Quotes extends Choices {
    Quotes() {
      super("Requested", "Offered", "Lacking", "Redeemed", "Expired", "Withdrawn", "Void");
    }
  }

  /** Of a miner. */
  static final class Miners extends Choices {
    Miners() {
      super("Stopped", "Idle", "Active", "CoolingDown");
    }
  }

  /** Of a settlement. */
  static final class Settlements extends Choices {
    Settlements() {
      super("Closed", "Delivered", "Acknowledged");
    }
  }

  /** Kinds of events. */
  static final class Kinds extends Choices {
    Kinds() {
      super("deployment", "assignment", "miner", "settlement", "quote", "budget", "round");
    }
  }

  /** Roles of API keys. */
  static final class Roles extends Choices {
    Roles() {
      super("developer", "operator", "miner", "payout", "admin");
    }
  }
}
