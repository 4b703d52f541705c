package io.phalanx.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.contract.Operation;
import io.phalanx.api.contract.Parameter;
import io.phalanx.api.support.DescribedAnswers;
import io.phalanx.api.support.RawAnswer;
import io.phalanx.api.support.RawClient;
import io.phalanx.api.support.SchemaValues;
import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests made from the contract by a seed, right and slightly wrong, to a whole node: never a
 * 5xx, always an answer, every refusal is a problem, and every answer is as the document says. More
 * by {@code -Dphalanx.fuzz.requests=N}, another seed by {@code -Dphalanx.fuzz.seed=N}.
 */
class ContractFuzzTest {
  private static final int REQUESTS = Integer.getInteger("phalanx.fuzz.requests", 4_000);
  private static final long SEED = Long.getLong("phalanx.fuzz.seed", 20_261_122);

  @TempDir private Path folder;

  @Test
  void neverMeetsAFaultOfOurs() {
    SplittableRandom random = new SplittableRandom(SEED);
    Map<Integer, Integer> byStatus = new TreeMap<>();
    List<Operation> operations =
        TestServer.CONTRACT.operations().stream().filter(o -> !o.streams()).toList();
    try (ServedNode node = ServedNode.start(folder, Map.of())) {
      RawClient client = new RawClient(node.port());
      for (int i = 0; i < REQUESTS; i++) {
        Operation operation = operations.get(random.nextInt(operations.size()));
        String request = request(operation, random);
        client.send(request.getBytes(StandardCharsets.UTF_8));
        RawAnswer answer = client.answer();
        assertThat(answer.status())
            .as("seed %d, request %d: %s%n%s", SEED, i, request, answer.body())
            .isBetween(200, 499);
        if (answer.status() >= 400) {
          assertThat(answer.problem()).as(request).isNotEmpty();
        }
        assertThat(DescribedAnswers.differences(operation, answer))
            .as("seed %d, request %d: %s%n%s", SEED, i, request, answer.body())
            .isEmpty();
        byStatus.merge(answer.status(), 1, Integer::sum);
        if (answer.header("Connection").equals("close")) {
          client.close();
          client = new RawClient(node.port());
        }
      }
      client.close();
    }
    assertThat(byStatus.keySet()).contains(200, 201, 404, 422);
  }

  private static String request(Operation operation, SplittableRandom random) {
    SchemaValues values = new SchemaValues(random);
    String path = operation.path();
    StringBuilder query = new StringBuilder();
    StringBuilder headers = new StringBuilder();
    for (Parameter parameter : operation.parameters()) {
      String text = values.parameter(parameter);
      switch (parameter.in()) {
        case PATH -> path = path.replace("{" + parameter.name() + "}", encoded(text));
        case QUERY -> {
          if (random.nextInt(3) == 0) {
            query.append(query.isEmpty() ? '?' : '&').append(parameter.name()).append('=');
            query.append(encoded(text));
          }
        }
        case HEADER -> {
          boolean isPlain = text.chars().allMatch(c -> c > ' ' && c < 0x7F);
          boolean isOfPosition = parameter.name().equals("Min-Journal-Position");
          if (random.nextInt(3) == 0 && isPlain && !text.isEmpty() && !isOfPosition) {
            headers.append(parameter.name()).append(": ").append(text).append("\r\n");
          }
        }
      }
    }
    String body = operation.bodyRule().isEmpty() ? "" : values.body(operation);
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return operation.method()
        + " "
        + path
        + query
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n"
        + headers
        + "\r\n"
        + body;
  }

  private static String encoded(String text) {
    return text.isEmpty()
        ? "x"
        : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
