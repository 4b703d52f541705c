package io.phalanx.api.console;

import io.phalanx.api.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of the console, read once: at {@code /} the page, below {@code /console/} what it
 * loads. It loads nothing from elsewhere and runs no script that is not a file here, which the
 * browser is told to enforce.
 */
public final class Console {
  /** Every file; a test holds that none is missing. */
  static final List<String> FILES =
      List.of(
          "app.js",
          "client.js",
          "dom.js",
          "icon.svg",
          "index.html",
          "proof.js",
          "style.css",
          "view/account.js",
          "view/deploy.js",
          "view/deployment.js",
          "view/deployments.js",
          "view/miner.js",
          "view/miners.js",
          "view/network.js",
          "view/parts.js",
          "view/quote.js",
          "view/quotes.js",
          "view/receipts.js",
          "view/round.js",
          "view/rounds.js",
          "view/settlement.js",
          "view/settlements.js",
          "words.js");

  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String PAGE = "index.html";
  private static final int OK = 200;

  private Console() {}

  /** What is served, by the segments of its path. */
  public static Map<List<String>, Answer> pages() {
    Map<List<String>, Answer> pages = new HashMap<>();
    for (String file : FILES) {
      pages.put(
          file.equals(PAGE) ? List.of("") : List.of(("console/" + file).split("/", -1)),
          answer(file));
    }
    return Map.copyOf(pages);
  }

  private static Answer answer(String file) {
    Map<String, String> headers =
        Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin");
    return new Answer.Whole(OK, type(file), read(file), headers, null);
  }

  private static String type(String file) {
    return switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalStateException("no media type for " + file);
    };
  }

  private static byte[] read(String file) {
    try (InputStream stream = Console.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("not in the jar: " + file);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the console cannot be read", e);
    }
  }
}
