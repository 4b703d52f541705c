package io.phalanx.simulator;

import io.phalanx.simulator.http.Answer;
import io.phalanx.simulator.http.Call;
import io.phalanx.simulator.http.Json;
import io.phalanx.simulator.http.Keyring;
import io.phalanx.simulator.http.Sender;
import io.phalanx.simulator.http.ServiceClient;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Has a key issued to everybody who will need one. */
final class KeyIssue {
  private final ServiceClient client;
  private final Keyring keyring;

  KeyIssue(ServiceClient client, Keyring keyring) {
    this.client = client;
    this.keyring = keyring;
  }

  /** Completes when all have theirs; at once where nobody is asked. */
  Future<Void> issue(List<String> developers, List<String> operators) {
    if (keyring.isOpen()) {
      return Future.succeededFuture();
    }
    List<Future<Void>> issued = new ArrayList<>();
    developers.forEach(name -> issued.add(issue(Sender.Role.DEVELOPER, name, name)));
    operators.forEach(name -> issued.add(issue(Sender.Role.OPERATOR, name, name)));
    issued.add(issue(Sender.Role.PAYOUT, "payout", ""));
    return Future.all(issued).mapEmpty();
  }

  private Future<Void> issue(Sender.Role role, String name, String as) {
    String wireName = role.name().toLowerCase(Locale.ROOT);
    return client
        .send(
            Call.post(
                "/v1/keys",
                Json.object(
                    json -> {
                      json.writeStringField("role", wireName);
                      json.writeStringField("name", name);
                    })))
        .compose(answer -> keep(role, as, answer));
  }

  private Future<Void> keep(Sender.Role role, String as, Answer answer) {
    if (!answer.ok()) {
      return Future.failedFuture(
          new IllegalStateException("no keys are issued here: " + answer.error()));
    }
    keyring.add(role, as, answer.json().path("key").asText());
    return Future.succeededFuture();
  }
}
