package io.phalanx.scheduler.settlement;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What the payout layer says that it paid a miner for its share, beside the fees.
 *
 * @param minerId who was paid
 * @param amount how much
 */
public record Payout(MinerId minerId, Amount amount) {

  /**
   * Tells lists apart that say something else, in whatever order: SHA-256 over a line for each,
   * sorted, hex.
   */
  static String digest(List<Payout> payouts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      payouts.stream()
          .map(payout -> payout.minerId().text() + " " + payout.amount() + "\n")
          .sorted()
          .forEach(line -> digest.update(line.getBytes(US_ASCII)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
