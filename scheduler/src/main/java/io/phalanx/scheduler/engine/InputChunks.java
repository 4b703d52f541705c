package io.phalanx.scheduler.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.receipt.ReceiptStore;
import io.phalanx.scheduler.receipt.RewardRows.InputChunk;
import io.phalanx.scheduler.reward.PayoutInput;
import io.phalanx.scheduler.reward.PayoutInputs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A settlement's payout inputs as they are kept: packed, so many at a time. */
public final class InputChunks {
  /** Most inputs in a chunk. */
  static final int SIZE = 256;

  private InputChunks() {}

  /** The inputs of a settlement as they are kept. */
  static List<InputChunk> of(long number, PayoutInputs inputs) {
    List<PayoutInput> items = inputs.items();
    List<InputChunk> chunks = new ArrayList<>();
    for (int from = 0; from < items.size(); from += SIZE) {
      List<PayoutInput> some = items.subList(from, Math.min(from + SIZE, items.size()));
      chunks.add(new InputChunk(number, from / SIZE, packed(some)));
    }
    return chunks;
  }

  /**
   * All inputs of a settlement from one on, as they are shown, until there are enough.
   *
   * @param from index of the first, from 0
   * @param most how many at most, rounded up to whole chunks
   */
  public static List<ObjectNode> read(ReceiptStore store, long number, long from, int most) {
    List<ObjectNode> items = new ArrayList<>();
    Map<String, String> paid = store.paid(number);
    int skipped = (int) (from % SIZE);
    for (int chunk = (int) (from / SIZE); items.size() < most; chunk++) {
      ArrayNode some = store.inputs(number, chunk).map(InputChunks::unpacked).orElse(null);
      if (some == null) {
        break;
      }
      for (int i = skipped; i < some.size(); i++) {
        ObjectNode item = (ObjectNode) some.get(i);
        items.add(item.put("vAfterPayout", paid.get(item.path("minerId").textValue())));
      }
      skipped = 0;
    }
    return items;
  }

  private static byte[] packed(List<PayoutInput> items) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> array.add(item.json()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(CoreJson.stored().writeValueAsBytes(array));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("payout inputs cannot be written", e);
    } catch (IOException e) {
      throw new UncheckedIOException("payout inputs cannot be packed", e);
    }
    return bytes.toByteArray();
  }

  private static ArrayNode unpacked(byte[] body) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(body))) {
      return CoreJson.stored().readValue(in, ArrayNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException("payout inputs cannot be read", e);
    }
  }
}
