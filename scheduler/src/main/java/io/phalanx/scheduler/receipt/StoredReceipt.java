package io.phalanx.scheduler.receipt;

import io.phalanx.scheduler.receipt.ReceiptQuery.Field;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A receipt in the log.
 *
 * @param leafIndex its place, from 0 without a gap
 * @param position the journal position of the charge
 * @param atMs when it was charged, Unix milliseconds
 * @param owners whose lists it is in
 * @param body its canonical bytes; not copied, never to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below; copies of bodies cost
public record StoredReceipt(long leafIndex, long position, long atMs, Owners owners, byte[] body) {

  /**
   * Who a receipt concerns.
   *
   * @param developer who pays
   * @param operator whose miner it was
   * @param deployment for which deployment
   * @param assignment for which assignment
   * @param miner by which miner
   */
  public record Owners(
      String developer, String operator, String deployment, String assignment, String miner) {

    /** The one of that kind. */
    String of(Field field) {
      return switch (field) { // no default: a new field does not compile until it is told
        case DEVELOPER -> developer;
        case OPERATOR -> operator;
        case DEPLOYMENT -> deployment;
        case ASSIGNMENT -> assignment;
        case MINER -> miner;
      };
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoredReceipt receipt
        && leafIndex == receipt.leafIndex
        && position == receipt.position
        && atMs == receipt.atMs
        && owners.equals(receipt.owners)
        && Arrays.equals(body, receipt.body);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(leafIndex);
  }
}
