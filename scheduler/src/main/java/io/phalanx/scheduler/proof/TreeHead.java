package io.phalanx.scheduler.proof;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.journal.Hash;
import io.phalanx.scheduler.unit.Timestamps;

/**
 * How far the log goes.
 *
 * @param treeSize its leaves
 * @param root the root over them
 * @param atMs as of when, Unix milliseconds
 */
public record TreeHead(long treeSize, Hash root, long atMs) {

  /** Signed, as on the wire: {@code {treeSize, root, time, keyId, signature}}. */
  public ObjectNode signed(SigningKey key) {
    ObjectNode document =
        JsonNodeFactory.instance
            .objectNode()
            .put("treeSize", treeSize)
            .put("root", root.hex())
            .put("time", Timestamps.text(atMs));
    return SignedDocument.sign(document, key);
  }
}
