package io.phalanx.cluster.forward;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.view.Answer;
import io.phalanx.scheduler.view.GasResults;
import io.phalanx.scheduler.view.PolicyView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Replies as JSON. What is only shown to the caller comes back as {@link Answer.Stored}, with the
 * bytes it would have been shown with; what the caller's node makes more of keeps its type.
 */
final class ReplyCodec {
  private static final ObjectMapper JSON =
      CoreJson.stored().copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final Map<String, Class<? extends Answer>> TYPED =
      Map.of(
          PolicyView.class.getSimpleName(),
          PolicyView.class,
          Answer.GivenAt.class.getSimpleName(),
          Answer.GivenAt.class);

  private static final String GAS = GasResults.class.getSimpleName();

  private ReplyCodec() {}

  /** Several replies in their order. */
  static String write(List<Reply> replies) {
    ObjectNode batch = JSON.createObjectNode();
    ArrayNode items = batch.putArray("replies");
    replies.forEach(reply -> items.add(write(reply)));
    return batch.toString();
  }

  /**
   * Reads them back.
   *
   * @throws JsonProcessingException if they are not replies
   */
  static List<Reply> read(JsonNode batch) throws JsonProcessingException {
    List<Reply> replies = new ArrayList<>();
    for (JsonNode item : batch.path("replies")) {
      replies.add(readOne(item));
    }
    return replies;
  }

  private static ObjectNode write(Reply reply) {
    ObjectNode node = JSON.createObjectNode();
    if (reply instanceof Reply.NotDone notDone) {
      return node.put("notDone", notDone.reason());
    }
    if (reply instanceof Reply.Unknown unknown) {
      return node.put("unknown", unknown.reason());
    }
    Reply.Decided decided = (Reply.Decided) reply;
    node.put("position", decided.position()).put("epoch", decided.epoch());
    if (decided.outcome() instanceof Outcome.Refused refused) {
      return node.set("refused", JSON.valueToTree(refused.rejection()));
    }
    Outcome.Done done = (Outcome.Done) decided.outcome();
    node.put("replayed", done.replayed()).put("type", done.answer().getClass().getSimpleName());
    return node.set("answer", answer(done.answer()));
  }

  private static JsonNode answer(Answer answer) {
    if (answer instanceof GasResults gas) {
      ArrayNode results = JSON.createArrayNode();
      gas.results().forEach(result -> results.add(result(result)));
      return results;
    }
    boolean isTyped = TYPED.containsKey(answer.getClass().getSimpleName());
    return (isTyped ? JSON : CoreJson.shown()).valueToTree(answer);
  }

  private static ObjectNode result(GasResults.Result result) {
    ObjectNode node = JSON.createObjectNode();
    return result instanceof GasResults.RefusedReading refused
        ? node.set("refused", JSON.valueToTree(refused.rejection()))
        : node.set("charged", JSON.valueToTree(result));
  }

  private static Reply readOne(JsonNode node) throws JsonProcessingException {
    if (node.has("notDone")) {
      return new Reply.NotDone(node.path("notDone").asText());
    }
    if (node.has("unknown")) {
      return new Reply.Unknown(node.path("unknown").asText());
    }
    return new Reply.Decided(
        outcome(node), node.path("position").asLong(), node.path("epoch").asLong());
  }

  private static Outcome outcome(JsonNode node) throws JsonProcessingException {
    if (node.has("refused")) {
      return new Outcome.Refused(JSON.treeToValue(node.get("refused"), Rejection.class));
    }
    String type = node.path("type").asText();
    JsonNode body = node.path("answer");
    return new Outcome.Done(readAnswer(type, body), node.path("replayed").asBoolean());
  }

  private static Answer readAnswer(String type, JsonNode body) throws JsonProcessingException {
    if (type.equals(GAS)) {
      List<GasResults.Result> results = new ArrayList<>();
      for (JsonNode item : body) {
        results.add(readResult(item));
      }
      return new GasResults(results);
    }
    Class<? extends Answer> typed = TYPED.get(type);
    return typed == null ? new Answer.Stored(body) : JSON.treeToValue(body, typed);
  }

  private static GasResults.Result readResult(JsonNode node) throws JsonProcessingException {
    return node.has("refused")
        ? new GasResults.RefusedReading(JSON.treeToValue(node.get("refused"), Rejection.class))
        : JSON.treeToValue(node.path("charged"), GasResults.Charged.class);
  }
}
