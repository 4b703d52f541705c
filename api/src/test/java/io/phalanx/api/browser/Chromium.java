package io.phalanx.api.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A headless Chromium of this machine, used with mouse and keyboard. Nothing is downloaded. */
final class Chromium implements AutoCloseable {
  /** Keys by the code points that WebDriver gives them. */
  static final String TAB = "\uE004";

  static final String ENTER = "\uE007";
  static final String SHIFT = "\uE008";

  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
  private static final Path DRIVER =
      Path.of(System.getProperty("phalanx.chromedriver", "/usr/bin/chromedriver"));
  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars",
          "--lang=en-GB",
          "--window-size=1280,900");
  private static final long PATIENCE_NS = 30_000_000_000L;
  private static final long PAUSE_MS = 50;
  private static final int LONGEST_SCRIPT_MS = 120_000;

  private final Process process;
  private final WebDriver web;
  private final Path profile;

  private Chromium(Process process, WebDriver web, Path profile) {
    this.process = process;
    this.web = web;
    this.profile = profile;
  }

  /** Whether this machine has a driver. */
  static boolean isInstalled() {
    return Files.isExecutable(DRIVER);
  }

  /** Starts one with an empty profile, which is deleted afterwards. */
  static Chromium start() throws IOException {
    Path profile = Files.createTempDirectory("phalanx-chromium-");
    Process process =
        new ProcessBuilder(DRIVER.toString(), "--port=0").redirectErrorStream(true).start();
    URI driver = URI.create("http://127.0.0.1:" + port(process));
    List<String> flags = new ArrayList<>(FLAGS);
    flags.add("--user-data-dir=" + profile);
    WebDriver web =
        new WebDriver(
            driver,
            Map.of(
                "goog:chromeOptions",
                Map.of("args", flags),
                "goog:loggingPrefs",
                Map.of("browser", "ALL")));
    web.post("/timeouts", Map.of("script", LONGEST_SCRIPT_MS)); // on a machine that does much else
    return new Chromium(process, web, profile);
  }

  private static String port(Process process) throws IOException {
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher started = PORT.matcher(line);
      if (started.find()) {
        return started.group(1);
      }
    }
    throw new IOException("chromedriver ended before it listened");
  }

  void open(String url) {
    web.post("/url", Map.of("url", url));
  }

  /** The address it shows. */
  String url() {
    return web.get("/url").asString();
  }

  /** Runs a function's body in the page; the arguments are {@code arguments[0]} and on. */
  JsonNode script(String body, Object... arguments) {
    return web.post("/execute/sync", Map.of("script", body, "args", List.of(arguments)));
  }

  /** The same for a body that may {@code await}. */
  JsonNode asyncScript(String body, Object... arguments) {
    String whole =
        "const done = arguments[arguments.length - 1]; (async (arguments) => {"
            + body
            + "})([...arguments]).then(done, (error) => done(`failed: ${error}`));";
    return web.post("/execute/async", Map.of("script", whole, "args", List.of(arguments)));
  }

  /** The text of the first element that matches; empty when there is none. */
  String text(String css) {
    return script("return document.querySelector(arguments[0])?.innerText ?? ''", css).asString();
  }

  /** How many elements match. */
  int count(String css) {
    return script("return document.querySelectorAll(arguments[0]).length", css).asInt();
  }

  /** Clicks the first element that matches, where it is on the screen. */
  void click(String css) {
    web.post("/element/" + find("css selector", css) + "/click", Map.of());
  }

  /** Clicks the first link or button with that text. */
  void clickText(String text) {
    String path = "//*[self::a or self::button][normalize-space(.)='%s']".formatted(text);
    web.post("/element/" + find("xpath", path) + "/click", Map.of());
  }

  /** Replaces what a field holds, key by key. */
  void fill(String css, String text) {
    String element = find("css selector", css);
    web.post("/element/" + element + "/clear", Map.of());
    web.post("/element/" + element + "/value", Map.of("text", text));
  }

  /** Presses keys in turn, wherever the focus is. */
  void press(String... keys) {
    List<Map<String, ?>> actions = new ArrayList<>();
    for (String key : keys) {
      for (String one : key.codePoints().mapToObj(Character::toString).toList()) {
        actions.add(Map.of("type", "keyDown", "value", one));
        actions.add(Map.of("type", "keyUp", "value", one));
      }
    }
    web.post(
        "/actions",
        Map.of("actions", List.of(Map.of("type", "key", "id", "keys", "actions", actions))));
  }

  /** Answers the question that the page asks with yes. */
  void accept() {
    await("a question", () -> answered());
  }

  private boolean answered() {
    try {
      web.post("/alert/accept", Map.of());
      return true;
    } catch (WebDriver.CommandFailedException e) {
      return false;
    }
  }

  private String find(String strategy, String what) {
    await(what, () -> !all(strategy, what).isEmpty());
    return all(strategy, what).get(0).path(ELEMENT).asString();
  }

  private JsonNode all(String strategy, String what) {
    return web.post("/elements", Map.of("using", strategy, "value", what));
  }

  /** Waits until it is so. */
  void await(String what, BooleanSupplier holds) {
    long deadline = System.nanoTime() + PATIENCE_NS;
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(what + " did not come; the page shows:\n" + text("body"));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The page of a screen of that width, or of the window again when it is 0. */
  void width(int pixels) {
    if (pixels == 0) {
      cdp("Emulation.clearDeviceMetricsOverride", Map.of());
    } else {
      cdp(
          "Emulation.setDeviceMetricsOverride",
          Map.of("width", pixels, "height", 844, "deviceScaleFactor", 1, "mobile", true));
    }
  }

  /** Keeps what is downloaded there. */
  void downloadTo(Path folder) {
    cdp(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toAbsolutePath().toString()));
  }

  /** Prefers {@code light} or {@code dark}. */
  void colours(String scheme) {
    cdp(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Keeps a picture of the page, the part below the window too, up to a few screens. */
  void screenshot(Path file) {
    JsonNode size =
        script(
            "return [innerWidth, Math.min(2600, Math.max(innerHeight,"
                + " document.documentElement.scrollHeight))]");
    JsonNode picture =
        cdp(
            "Page.captureScreenshot",
            Map.of(
                "captureBeyondViewport",
                true,
                "clip",
                Map.of("x", 0, "y", 0, "width", size.get(0), "height", size.get(1), "scale", 1)));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, Base64.getDecoder().decode(picture.path("data").asString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode cdp(String command, Map<String, ?> parameters) {
    return web.post("/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
  }

  /** Errors and warnings in the browser's console since the last call. */
  List<String> complaints() {
    List<String> found = new ArrayList<>();
    for (JsonNode entry : web.post("/se/log", Map.of("type", "browser"))) {
      if (List.of("SEVERE", "WARNING").contains(entry.path("level").asString())) {
        found.add(entry.path("message").asString());
      }
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    Optional<ProcessHandle> driver = ProcessHandle.of(process.pid());
    try {
      web.delete();
    } finally {
      List<ProcessHandle> all = Stream.concat(driver.stream(), process.descendants()).toList();
      all.forEach(ProcessHandle::destroy);
      all.forEach(handle -> handle.onExit().join());
      delete();
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
