package io.phalanx.scheduler.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.proof.ReceiptCheck.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReceiptCheckTest {
  private static final SchedulerKeys KEYS = SchedulerKeys.of(ReceiptLog.KEY.verifyingKey());
  private static final ReceiptLog LOG = ReceiptLog.of(600);

  private static List<String> failed(ReceiptEvidence evidence) {
    return failed(evidence, KEYS);
  }

  private static List<String> failed(ReceiptEvidence evidence, SchedulerKeys keys) {
    return ReceiptCheck.of(evidence, keys).stream()
        .filter(finding -> !finding.passed())
        .map(Finding::check)
        .toList();
  }

  @Nested
  class Passes {
    @Test
    void everyReceiptOfALog() {
      for (int index = 0; index < 600; index += 7) {
        assertThat(failed(LOG.evidence(index, 600))).isEmpty();
      }
    }

    @Test
    void aReceiptAgainstAnOlderHead() {
      assertThat(failed(LOG.evidence(3, 257))).isEmpty();
    }

    @Test
    void aLogThatHasGrown() {
      assertThat(failed(LOG.evidenceSince(255, 300, 600))).isEmpty();
      assertThat(failed(LOG.evidenceSince(600, 300, 600))).isEmpty();
      assertThat(failed(LOG.evidenceSince(0, 300, 600))).isEmpty();
    }

    @Test
    void aSettlementInPlaceOfAHead() {
      ObjectNode settlement =
          JsonNodeFactory.instance
              .objectNode()
              .put("number", 1)
              .put("to", "2026-01-01T12:10:00.000Z")
              .put("treeSize", 600)
              .put("root", LOG.head(600).get("root").textValue());
      ObjectNode signed = SignedDocument.sign(settlement, ReceiptLog.KEY);
      signed.put("state", "Delivered"); // goes on changing after it was signed
      assertThat(failed(new ReceiptEvidence(LOG.shown(9), LOG.proof(9, 600), signed, null)))
          .isEmpty();
    }

    @Test
    void fieldsInAnyOrder() {
      ObjectNode shown = LOG.shown(5);
      ObjectNode turned = JsonNodeFactory.instance.objectNode();
      List<String> names = new ArrayList<>();
      shown.fieldNames().forEachRemaining(name -> names.add(0, name));
      names.forEach(name -> turned.set(name, shown.get(name)));
      ReceiptEvidence whole = LOG.evidence(5, 600);
      assertThat(failed(new ReceiptEvidence(turned, whole.proof(), whole.head(), null))).isEmpty();
    }
  }

  @Nested
  class Finds {
    @Test
    void everyFieldOfAReceiptThatWasChanged() {
      ReceiptEvidence whole = LOG.evidence(5, 600);
      whole
          .receipt()
          .fieldNames()
          .forEachRemaining(
              name -> {
                ObjectNode forged = LOG.shown(5);
                forged.set(name, changed(forged.get(name)));
                assertThat(failed(new ReceiptEvidence(forged, whole.proof(), whole.head(), null)))
                    .as(name)
                    .contains("inclusion");
              });
    }

    @Test
    void aFieldThatIsMissingOrTooMuch() {
      ReceiptEvidence whole = LOG.evidence(5, 600);
      ObjectNode missing = LOG.shown(5);
      missing.remove("treasury");
      ObjectNode more = LOG.shown(5).put("bonus", "1");
      assertThat(failed(new ReceiptEvidence(missing, whole.proof(), whole.head(), null)))
          .containsExactly("receipt", "inclusion");
      assertThat(failed(new ReceiptEvidence(more, whole.proof(), whole.head(), null)))
          .containsExactly("receipt", "inclusion");
    }

    @Test
    void partsThatDoNotAddUpEvenIfTheLogHasThem() {
      Receipt odd = ReceiptLog.receipt(1);
      Receipt wrong =
          new Receipt(
              odd.id(),
              odd.deploymentId(),
              odd.assignmentId(),
              odd.minerId(),
              odd.epoch(),
              odd.sequence(),
              odd.gas() + 1,
              odd.gasPrice(),
              odd.fee(),
              odd.treasury(),
              odd.time(),
              odd.minerSignature());
      ObjectNode proof = JsonNodeFactory.instance.objectNode().put("leafIndex", 0);
      proof.put("treeSize", 1).set("path", JsonNodeFactory.instance.arrayNode());
      ObjectNode head = new TreeHead(1, wrong.leaf(), 0).signed(ReceiptLog.KEY);
      assertThat(failed(new ReceiptEvidence(wrong.json(), proof, head, null)))
          .containsExactly("receipt");
    }

    @Test
    void everyHashOfThePathThatWasChanged() {
      ReceiptEvidence whole = LOG.evidence(5, 600);
      ArrayNode path = (ArrayNode) whole.proof().get("path");
      for (int i = 0; i < path.size(); i++) {
        ObjectNode forged = whole.proof().deepCopy();
        ((ArrayNode) forged.get("path")).set(i, changed(path.get(i)));
        assertThat(failed(new ReceiptEvidence(whole.receipt(), forged, whole.head(), null)))
            .containsExactly("inclusion");
      }
    }

    @Test
    void everyFieldOfAHeadThatWasChanged() {
      ReceiptEvidence whole = LOG.evidence(5, 600);
      whole
          .head()
          .fieldNames()
          .forEachRemaining(
              name -> {
                ObjectNode forged = whole.head().deepCopy();
                forged.set(name, changed(forged.get(name)));
                assertThat(
                        failed(new ReceiptEvidence(whole.receipt(), whole.proof(), forged, null)))
                    .as(name)
                    .contains("head");
              });
    }

    @Test
    void aHeadOfAnotherSize() {
      ReceiptEvidence whole = LOG.evidence(5, 600);
      assertThat(failed(new ReceiptEvidence(whole.receipt(), whole.proof(), LOG.head(599), null)))
          .containsExactly("inclusion");
    }

    @Test
    void aHeadSignedWithSomeOtherKey() {
      byte[] seed = new byte[SigningKey.SEED_BYTES];
      seed[0] = 1;
      SigningKey other = SigningKey.of(seed);
      ReceiptEvidence whole = LOG.evidence(5, 600);
      ObjectNode forged = SignedDocument.sign(whole.head(), other);
      assertThat(failed(new ReceiptEvidence(whole.receipt(), whole.proof(), forged, null)))
          .containsExactly("head");
      ObjectNode named = forged.deepCopy().put("keyId", ReceiptLog.KEY.keyId());
      assertThat(failed(new ReceiptEvidence(whole.receipt(), whole.proof(), named, null)))
          .containsExactly("head");
    }

    @Test
    void aKeyThatWasNotValidThen() {
      SchedulerKeys late =
          new SchedulerKeys(
              List.of(
                  new SchedulerKeys.Key(
                      ReceiptLog.KEY.keyId(),
                      ReceiptLog.KEY.verifyingKey(),
                      Instant.parse("2026-01-01T12:00:00.001Z"),
                      null)));
      assertThat(failed(LOG.evidence(5, 600), late)).containsExactly("head");
    }

    @Test
    void aLogThatChangedItsPast() {
      ReceiptLog other = ReceiptLog.of(300);
      ReceiptEvidence whole = LOG.evidence(5, 600);
      ObjectNode forged = new TreeHead(299, TreeHeadRoots.of(other, 300), 0).signed(ReceiptLog.KEY);
      ReceiptEvidence.Earlier earlier =
          new ReceiptEvidence.Earlier(forged, LOG.consistency(299, 600));
      assertThat(failed(new ReceiptEvidence(whole.receipt(), whole.proof(), whole.head(), earlier)))
          .containsExactly("consistency");
    }

    @Test
    void aHeadThatIsEarlierOnlyByName() {
      ReceiptEvidence.Earlier later =
          new ReceiptEvidence.Earlier(LOG.head(600), LOG.consistency(500, 600));
      assertThat(failed(new ReceiptEvidence(LOG.shown(5), LOG.proof(5, 500), LOG.head(500), later)))
          .containsExactly("consistency");
    }

    private static JsonNode changed(JsonNode value) {
      if (value.isIntegralNumber()) {
        return JsonNodeFactory.instance.numberNode(value.longValue() + 1);
      }
      if (value.isNull()) {
        return JsonNodeFactory.instance.textNode("c2lnbmF0dXJl");
      }
      byte[] text = value.textValue().getBytes(UTF_8);
      text[text.length / 2] = (byte) (text[text.length / 2] == '1' ? '2' : '1');
      return JsonNodeFactory.instance.textNode(new String(text, UTF_8));
    }
  }

  /** Roots that do not belong where a forger puts them. */
  private static final class TreeHeadRoots {
    static io.phalanx.scheduler.journal.Hash of(ReceiptLog log, int size) {
      return io.phalanx.scheduler.journal.Hash.parse(log.head(size).get("root").textValue());
    }
  }
}
