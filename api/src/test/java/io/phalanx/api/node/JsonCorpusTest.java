package io.phalanx.api.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.phalanx.api.contract.Operation;
import io.phalanx.api.support.RawAnswer;
import io.phalanx.api.support.RawClient;
import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.SharedData;
import io.phalanx.api.support.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation that takes a body, on a whole node, with documents that parsers disagree on:
 * never a 5xx, never silence, and what is no JSON is refused as such.
 */
class JsonCorpusTest {
  private static final List<String> OWN =
      List.of(
          "",
          " ",
          "{",
          "}",
          "[",
          "[1,]",
          "{\"a\":1,}",
          "{\"a\" 1}",
          "{\"a\":1 \"b\":2}",
          "nul",
          "[NaN]",
          "[1.]",
          "[-]",
          "[0x1]",
          "\"\\uD800\"",
          "\"\\x\"",
          "\u0000",
          "[1]x",
          "{}{}",
          "\"\t\"",
          "[\"a\u0000b\"]",
          "[1e]",
          "[\"",
          "'a'",
          "{'a':1}",
          "[tru]",
          "\u00ff\u00fe",
          "[".repeat(100_000),
          "{\"a\":".repeat(10_000),
          "[" + "1".repeat(1_000) + "]");

  @TempDir private static Path folder;

  private static ServedNode node;

  @BeforeAll
  static void start() {
    node = ServedNode.start(folder, Map.of());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Stream<Operation> operations() {
    return TestServer.CONTRACT.operations().stream().filter(o -> o.bodyRule().isPresent());
  }

  private static RawAnswer send(RawClient client, Operation operation, byte[] body) {
    String path =
        operation
            .path()
            .replace("{minerId}", "a".repeat(64))
            .replace("{fmspc}", "00A067110000")
            .replaceAll("\\{[a-z]+}", operation.path().contains("{number}") ? "1" : "x-1");
    String head =
        operation.method()
            + " "
            + path
            + " HTTP/1.1\r\nHost: a\r\nIf-Match: *\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(ISO_8859_1));
    request.writeBytes(body);
    client.send(request.toByteArray());
    return client.answer();
  }

  private static void holds(String name, byte[] body, boolean mustBeRefused) {
    operations()
        .forEach(
            operation -> {
              try (RawClient client = new RawClient(node.port())) {
                RawAnswer answer = send(client, operation, body);
                String what = name + " to " + operation.id();
                assertThat(answer.status()).as(what).isBetween(200, 499);
                boolean mayBeAbsent = body.length == 0 && !operation.bodyRequired();
                if (mustBeRefused && !mayBeAbsent) {
                  assertThat(answer.status()).as(what).isIn(400, 413);
                }
              }
            });
  }

  @Test
  void refusesWhatIsNoJson() {
    for (String document : OWN) {
      String name = document.substring(0, Math.min(20, document.length()));
      holds(name, document.getBytes(ISO_8859_1), true);
    }
  }

  @Test
  void answersTheJsonTestSuite() throws IOException {
    Optional<Path> corpus = SharedData.find("vectors/json/test_parsing");
    assumeTrue(corpus.isPresent(), "the corpus is not there; the documents of this test are");
    int refused = 0;
    try (Stream<Path> files = Files.list(corpus.get())) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        boolean isBad = name.startsWith("n_");
        refused += isBad ? 1 : 0;
        holds(name, Files.readAllBytes(file), isBad);
      }
    }
    assertThat(refused).isGreaterThan(150);
  }
}
