package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.decide.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Events that were decided together, with the answers that wait for them to be durable. */
final class Batch {

  private final List<StampedEvent> events = new ArrayList<>();
  private final List<Answerable> answers = new ArrayList<>();

  private record Answerable(Outcome outcome, Consumer<Reply> onReply) {}

  void add(StampedEvent event) {
    events.add(event);
  }

  void answer(Outcome outcome, Consumer<Reply> onReply) {
    answers.add(new Answerable(outcome, onReply));
  }

  /** Takes in what was decided after this batch. */
  void append(Batch later) {
    events.addAll(later.events);
    answers.addAll(later.answers);
  }

  boolean isEmpty() {
    return events.isEmpty() && answers.isEmpty();
  }

  List<StampedEvent> events() {
    return events;
  }

  void committed(long position, long epoch) {
    for (Answerable answer : answers) {
      answer.onReply().accept(new Reply.Decided(answer.outcome(), position, epoch));
    }
  }

  void failed(Reply reply) {
    answers.forEach(answer -> answer.onReply().accept(reply));
  }
}
