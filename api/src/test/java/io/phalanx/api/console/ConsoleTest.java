package io.phalanx.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.TestServer;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.quote.QuoteState;
import io.phalanx.scheduler.round.DropReason;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  @Nested
  class FilesOfIt {
    @Test
    void areAllServed() throws Exception {
      Path folder = folder();
      try (Stream<Path> found = Files.walk(folder)) {
        assertThat(
                found
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".class"))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/')))
            .containsExactlyInAnyOrderElementsOf(Console.FILES);
      }
    }

    @Test
    void loadOnlyEachOther() throws Exception {
      Pattern imports = Pattern.compile("(?:from|import)\\s*\\(?\\s*['`]([^'`]+)['`]");
      for (String file : Console.FILES) {
        String text = Files.readString(folder().resolve(file));
        for (String imported : imports.matcher(text).results().map(r -> r.group(1)).toList()) {
          if (!imported.contains("${")) {
            String target = URI.create("http://x/" + file).resolve(imported).getPath().substring(1);
            assertThat(Console.FILES).as("imported by %s", file).contains(target);
          }
        }
        assertThat(text.replace("http://www.w3.org/", "")).doesNotContain("http://", "https://");
      }
    }

    @Test
    void makeNoMarkupOutOfText() throws Exception {
      for (String file : Console.FILES) {
        assertThat(Files.readString(folder().resolve(file)))
            .as(file)
            .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "style=");
      }
    }

    @Test
    void nameEveryConstraintAndFieldOfAnExplanation() throws Exception {
      String words = Files.readString(folder().resolve("words.js"));
      for (io.phalanx.placement.Constraint constraint : io.phalanx.placement.Constraint.values()) {
        assertThat(words).contains(constraint.wireName() + ": '");
      }
      for (io.phalanx.placement.explain.Field field : io.phalanx.placement.explain.Field.values()) {
        assertThat(words).contains(field.wireName() + ": (v)");
      }
      for (DropReason reason : DropReason.values()) {
        assertThat(words).contains(CoreJson.shown().valueToTree(reason).asText() + ": '");
      }
      for (QuoteState state : QuoteState.values()) {
        assertThat(words).contains(CoreJson.shown().valueToTree(state).asText() + ": '");
      }
    }

    @Test
    void haveAViewForEveryAddress() throws Exception {
      Pattern views = Pattern.compile("\\$/, '(\\w+)'\\]");
      TreeSet<String> named = new TreeSet<>();
      views
          .matcher(Files.readString(folder().resolve("app.js")))
          .results()
          .map(MatchResult::group)
          .forEach(match -> named.add(match.replaceAll(".*'(\\w+)'.*", "view/$1.js")));
      named.add("view/parts.js");
      assertThat(Console.FILES.stream().filter(f -> f.startsWith("view/")))
          .containsExactlyInAnyOrderElementsOf(named);
    }
  }

  @Nested
  class Served {
    @Test
    void pageForbidsWhatIsNotItsOwn() throws Exception {
      try (TestServer server = TestServer.start()) {
        HttpResponse<String> page = get(server, "/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
            .hasValueSatisfying(
                policy ->
                    assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'")
                        .doesNotContain("unsafe"));
        assertThat(page.body()).contains("<script type=\"module\" src=\"/console/app.js\">");
      }
    }

    @Test
    void filesHaveTheTypeThatModulesNeed() throws Exception {
      try (TestServer server = TestServer.start()) {
        for (String file : List.of("app.js", "view/network.js")) {
          HttpResponse<String> script = get(server, "/console/" + file);
          assertThat(script.statusCode()).isEqualTo(200);
          assertThat(script.headers().firstValue("Content-Type"))
              .hasValue("text/javascript; charset=utf-8");
        }
      }
    }

    @Test
    void nothingElseIsReadable() throws Exception {
      try (TestServer server = TestServer.start()) {
        for (String path :
            List.of(
                "/console", "/console/", "/console/../logback.xml", "/console/%2e%2e/x", "/x")) {
          assertThat(get(server, path).statusCode()).as(path).isEqualTo(404);
        }
      }
    }

    @Test
    void pagesAreOnlyRead() throws Exception {
      try (TestServer server = TestServer.start()) {
        HttpRequest post =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer =
            HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
      }
    }

    private static HttpResponse<String> get(TestServer server, String path)
        throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build();
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static Path folder() throws URISyntaxException {
    Path page = Path.of(Objects.requireNonNull(Console.class.getResource("index.html")).toURI());
    return Objects.requireNonNull(page.getParent());
  }
}
