package io.phalanx.scheduler.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.journal.Hash;
import io.phalanx.scheduler.merkle.TreeHash;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.Timestamps;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one reading was charged, in a form that never changes: its canonical bytes are a leaf of the
 * log.
 *
 * @param id its own, from the journal position of the charge
 * @param deploymentId who pays
 * @param assignmentId for which work
 * @param minerId who did it
 * @param epoch the assignment's fencing token
 * @param sequence the reading's number
 * @param gas units charged
 * @param gasPrice pico-PHA for one unit
 * @param fee the miner's part
 * @param treasury the treasury's part
 * @param time when it was charged, as on the wire
 * @param minerSignature of the reading, base64; none in open mode
 */
public record Receipt(
    String id,
    DeploymentId deploymentId,
    AssignmentId assignmentId,
    MinerId minerId,
    long epoch,
    long sequence,
    long gas,
    GasPrice gasPrice,
    Amount fee,
    Amount treasury,
    String time,
    @Nullable String minerSignature) {

  /** The receipt's id for a charge at that journal position. */
  public static String idAt(long position) {
    return "r-" + Long.toString(position, 36);
  }

  /** The journal position that a receipt's id is from; none if it is no id of a receipt. */
  public static Optional<Long> positionOf(String id) {
    try {
      long position = id.startsWith("r-") ? Long.parseLong(id.substring(2), 36) : -1;
      return position >= 0 && idAt(position).equals(id) ? Optional.of(position) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The receipt for a charge to that assignment. */
  public static Receipt of(
      GasCharged event, Moment moment, Assignment assignment, @Nullable String minerSignature) {
    return new Receipt(
        idAt(moment.position()),
        assignment.deploymentId(),
        assignment.id(),
        assignment.minerId(),
        assignment.epoch(),
        event.sequence(),
        event.charged(),
        assignment.placement().gasPrice(),
        event.fee(),
        event.treasury(),
        Timestamps.text(moment.atMs()),
        minerSignature);
  }

  /** As JSON, without its place in the log. */
  public ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("deploymentId", deploymentId.text())
        .put("assignmentId", assignmentId.text())
        .put("minerId", minerId.text())
        .put("epoch", epoch)
        .put("sequence", sequence)
        .put("gas", gas)
        .put("gasPrice", gasPrice.toString())
        .put("fee", fee.toString())
        .put("treasury", treasury.toString())
        .put("time", time)
        .put("minerSignature", minerSignature);
  }

  /** The bytes that the log has for it: the canonical form of {@link #json}. */
  public byte[] canonical() {
    return new CanonicalJson.Members()
        .text("assignmentId", assignmentId.text())
        .text("deploymentId", deploymentId.text())
        .integer("epoch", epoch)
        .text("fee", fee.toString())
        .integer("gas", gas)
        .text("gasPrice", gasPrice.toString())
        .text("id", id)
        .text("minerId", minerId.text())
        .text("minerSignature", minerSignature)
        .integer("sequence", sequence)
        .text("time", time)
        .text("treasury", treasury.toString())
        .bytes();
  }

  /** The hash of its leaf. */
  public Hash leaf() {
    return TreeHash.ofLeaf(canonical());
  }

  /** The hash of the leaf of a receipt as it was shown, whether or not it is a sound one. */
  public static Hash leafOf(ObjectNode shown) {
    return TreeHash.ofLeaf(CanonicalJson.of(shown.deepCopy().without(ReceiptForm.LEAF_INDEX)));
  }

  /**
   * Reads a receipt as it was shown.
   *
   * @throws IllegalArgumentException naming what is missing, wrong or too much
   */
  public static Receipt parse(JsonNode shown) {
    ReceiptForm form = new ReceiptForm(shown);
    Receipt receipt =
        new Receipt(
            form.text("id"),
            new DeploymentId(form.text("deploymentId")),
            new AssignmentId(form.text("assignmentId")),
            new MinerId(form.text("minerId")),
            form.integer("epoch"),
            form.integer("sequence"),
            form.integer("gas"),
            new GasPrice(form.money("gasPrice")),
            new Amount(form.money("fee")),
            new Amount(form.money("treasury")),
            form.text("time"),
            form.textOrNull("minerSignature"));
    form.checkNothingElse(receipt.json());
    return receipt;
  }

  /** Whether both parts together are what the gas cost. */
  public boolean addsUp() {
    return fee.plus(treasury).equals(gasPrice.times(gas));
  }
}
