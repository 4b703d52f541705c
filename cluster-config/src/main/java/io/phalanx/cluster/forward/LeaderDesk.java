package io.phalanx.cluster.forward;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.engine.Submission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes other nodes' batches to this node's writer, and answers each when all of it is decided. */
final class LeaderDesk {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderDesk.class);

  private final ForwardedWrites.Local local;

  LeaderDesk(ForwardedWrites.Local local) {
    this.local = local;
  }

  /**
   * Decides a batch.
   *
   * @param batch as {@link CommandCodec} writes it
   * @param onReplies called once, on any thread, with what {@link ReplyCodec} reads
   */
  void take(JsonNode batch, Consumer<String> onReplies) {
    List<CommandCodec.Keyed> commands;
    try {
      commands = CommandCodec.read(batch);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      LOG.warn("event=batch-not-understood reason={}", e.getMessage());
      onReplies.accept(notUnderstood(batch));
      return;
    }
    Replies replies = new Replies(commands.size(), onReplies);
    for (int i = 0; i < commands.size(); i++) {
      int index = i;
      CommandCodec.Keyed keyed = commands.get(i);
      local.submit(
          new Submission(
              keyed.command(), keyed.key(), reply -> replies.put(index, reply), keyed.trace()));
    }
  }

  private static String notUnderstood(JsonNode batch) {
    int size = batch.path("commands").size();
    return ReplyCodec.write(
        Collections.nCopies(size, new Reply.NotDone("The leader runs another version.")));
  }

  /** Replies as they come in; complete when there is one for each command. */
  private static final class Replies {
    private final Reply[] replies;
    private final AtomicInteger missing;
    private final Consumer<String> onReplies;

    Replies(int size, Consumer<String> onReplies) {
      this.replies = new Reply[size];
      this.missing = new AtomicInteger(size);
      this.onReplies = onReplies;
      if (size == 0) {
        onReplies.accept(ReplyCodec.write(List.of()));
      }
    }

    void put(int index, Reply reply) {
      replies[index] = reply;
      if (missing.decrementAndGet() == 0) {
        onReplies.accept(ReplyCodec.write(new ArrayList<>(List.of(replies))));
      }
    }
  }
}
