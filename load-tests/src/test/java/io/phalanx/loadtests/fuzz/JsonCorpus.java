package io.phalanx.loadtests.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * JSON documents and what a parser must make of them, named as in Nicolas Seriot's JSON Parsing
 * Test Suite: {@code y_} is JSON, {@code n_} is not, {@code i_} may be either.
 */
public final class JsonCorpus {
  private static final Path FOLDER = Path.of("data", "vectors", "json", "test_parsing");

  private JsonCorpus() {}

  /**
   * One document.
   *
   * @param name as above
   * @param bytes as they are sent
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Document(String name, byte[] bytes) {
    /** Whether no parser may accept it. */
    public boolean isMalformed() {
      return name.startsWith("n_");
    }

    /** Whether every parser must accept it. */
    public boolean isJson() {
      return name.startsWith("y_");
    }
  }

  /**
   * The suite, from the folder of shared test data that the system property {@code phalanx.shared}
   * names, or that stands beside the project; empty when it is absent.
   */
  public static List<Document> suite() throws IOException {
    Optional<Path> folder = folder();
    if (folder.isEmpty()) {
      return List.of();
    }
    List<Document> documents = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.get())) {
      for (Path file : files.sorted().toList()) {
        documents.add(new Document(String.valueOf(file.getFileName()), Files.readAllBytes(file)));
      }
    }
    return documents;
  }

  /** A small corpus of our own, one for each way to be wrong that we know of. */
  public static List<Document> own() {
    List<Document> documents = new ArrayList<>();
    List.of("{}", "[]", "\"a\"", "1", "null", "true", " { } ", "{\"a\":[1,{\"b\":null}]}", "-0.5e3")
        .forEach(text -> documents.add(text("y_" + text, text)));
    List.of(
            "",
            " ",
            "{",
            "}",
            "[",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,}",
            "{a:1}",
            "{'a':1}",
            "[1,]",
            "[1 2]",
            "01",
            "-",
            "1.",
            ".5",
            "1e",
            "+1",
            "0x10",
            "NaN",
            "Infinity",
            "nul",
            "True",
            "\"",
            "\"\\\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"a\nb\"",
            "{}x",
            "{} {}",
            "// c\n{}",
            "/* c */{}",
            "\u00ef\u00bb\u00bf{",
            "[\"a\",",
            "{\"a\":1 \"b\":2}",
            "[,1]")
        .forEach(text -> documents.add(text("n_" + text, text)));
    documents.add(text("n_deep", "[".repeat(60_000)));
    documents.add(new Document("n_utf8", new byte[] {'"', (byte) 0xC3, '"'}));
    documents.add(new Document("n_utf16", "{}".getBytes(StandardCharsets.UTF_16LE)));
    return documents;
  }

  private static Document text(String name, String text) {
    return new Document(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<Path> folder() {
    String named = System.getProperty("phalanx.shared", "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named).resolve(FOLDER)).filter(Files::isDirectory);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("shared").resolve(FOLDER);
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }
}
