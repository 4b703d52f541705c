package io.phalanx.api.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.api.support.ServedNode;
import io.phalanx.scheduler.proof.SignedDocument;
import io.phalanx.scheduler.proof.VerifyingKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The console in a headless Chromium, before a service with a running simulated fleet. The pictures
 * stay in {@code target/screenshots}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("browser")
class ConsoleBrowserTest {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final int PHONE = 360;
  private static final int IMPOSSIBLE_PERFORMANCE = 999_999;

  private LiveNetwork network;
  private Chromium browser;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    assumeTrue(Chromium.isInstalled(), "no chromedriver on this machine: the console is not tried");
    network = LiveNetwork.start(folder);
    browser = Chromium.start();
  }

  @AfterAll
  void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (network != null) {
      network.close();
    }
  }

  @BeforeEach
  void usualWindow() {
    browser.width(0);
    browser.colours("light");
    browser.complaints();
  }

  @AfterEach
  void nothingWasComplainedOf() {
    assertThat(browser.complaints()).isEmpty();
  }

  @Nested
  class EveryScreen {
    @ParameterizedTest
    @EnumSource
    void isRightInBothColours(Screen screen) throws IOException {
      screen.open(browser, network);
      assertThat(browser.text("h1")).startsWith(screen.title());
      assertThat(browser.text("main")).doesNotContain("undefined", "NaN", "[object");
      assertThat(browser.count("nav a[aria-current=page]")).isEqualTo(1);
      browser.screenshot(PICTURES.resolve(screen.fileName() + "-light.png"));
      assertThat(accessibilityFaults()).isEmpty();
      browser.colours("dark");
      browser.screenshot(PICTURES.resolve(screen.fileName() + "-dark.png"));
      assertThat(accessibilityFaults()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void fitsAPhone(Screen screen) throws IOException {
      browser.width(PHONE);
      screen.open(browser, network);
      browser.screenshot(PICTURES.resolve(screen.fileName() + "-phone.png"));
      assertThat(browser.script("return document.documentElement.scrollWidth").asInt())
          .isEqualTo(PHONE);
      assertThat(accessibilityFaults()).isEmpty();
    }
  }

  private List<String> accessibilityFaults() throws IOException {
    try (InputStream axe =
        Objects.requireNonNull(ConsoleBrowserTest.class.getResourceAsStream("/axe.min.js"))) {
      browser.script(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    JsonNode found =
        browser.asyncScript(
            """
            const run = await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a',
              'wcag21aa', 'wcag22aa', 'best-practice']});
            return run.violations.flatMap((fault) => fault.nodes.map((node) =>
              `${fault.id}: ${node.target.join(' ')}: ${node.failureSummary}`));
            """);
    assertThat(found.isArray()).as(found.toString()).isTrue();
    List<String> faults = new ArrayList<>();
    found.forEach(fault -> faults.add(fault.asString()));
    return faults;
  }

  @Nested
  class NetworkScreen {
    @Test
    void movesByEvents() {
      Screen.NETWORK.open(browser, network);
      browser.script("window.stays = true");
      browser.await("events", () -> browser.count(".feed li") >= 3);
      int before = figure("Idle") + figure("Active");
      network.node().startMiner(9_001, "op-new", 2);
      browser.await("the new miner", () -> figure("Idle") + figure("Active") > before);
      assertThat(browser.script("return window.stays").asBoolean()).as("not loaded again").isTrue();
    }

    @Test
    void tellsOfQuotesAndWhatTheyHold() {
      int held = network.node().get("/v1/network").json().at("/quotes/reservedMiners").asInt();
      network.quote("");
      Screen.NETWORK.open(browser, network);
      assertThat(figure("open quotes")).isPositive();
      assertThat(figure("miners held for them")).isGreaterThan(held);
    }

    private int figure(String name) {
      return browser
          .script(
              """
              const all = [...document.querySelectorAll('.figure')];
              const one = all.find((figure) => figure.querySelector('span').innerText === arguments[0]);
              return Number((one?.querySelector('b').innerText ?? '0').replaceAll(',', ''));
              """,
              name)
          .asInt();
    }
  }

  @Nested
  class DeploymentForm {
    @Test
    void showsWhatOneWouldGetWhileOneTypes() {
      Screen.NEW.open(browser, network);
      String free = browser.text(".badge");
      assertThat(free).isIn("placeable", "waiting");
      browser.fill("[name=minPerformance]", Integer.toString(IMPOSSIBLE_PERFORMANCE));
      browser.await("the verdict", () -> browser.text(".badge").equals("never"));
      assertThat(browser.count(".bars meter[aria-label^='performance:']")).isEqualTo(1);
      assertThat(browser.text(".relaxations")).contains("ask for performance");
      browser.screenshot(PICTURES.resolve("new-never.png"));
    }

    @Test
    void showsTheCostWhileOneTypes() {
      Screen.NEW.open(browser, network);
      browser.fill("[name=budget]", "2500000000000");
      browser.await("the cost", () -> browser.text(".figures").contains("2.5 PHA"));
    }

    @Test
    void namesTheFieldThatIsWrong() {
      Screen.NEW.open(browser, network);
      browser.fill("[name=maxGasPrice]", "-1");
      browser.await("the fault", () -> browser.count("[name=maxGasPrice][aria-invalid=true]") == 1);
      assertThat(browser.text("[role=alert]")).contains("/maxGasPrice");
      browser.complaints(); // Chromium tells of every 422
    }

    @Test
    void deploysAndFollowsUntilItRuns() {
      Screen.NEW.open(browser, network);
      browser.fill("[name=name]", "clicked");
      browser.click("main form button");
      browser.await("its page", () -> browser.url().contains("#/deployments/"));
      browser.await("its start", () -> browser.text("h1").equals("clicked Running"));
      assertThat(browser.text(".timeline")).contains("created").contains("placed").contains("runs");
      browser.screenshot(PICTURES.resolve("deployment-running.png"));
    }
  }

  @Nested
  class Deployment {
    @Test
    void isEndedAfterAQuestion() {
      String id = deploy("\"name\": \"to-end\", \"minPerformance\": 900000");
      browser.open(network.url() + "/#/deployments/" + id);
      browser.clickText("Cancel it");
      browser.accept();
      browser.await("its end", () -> browser.text("h1").equals("to-end Ended"));
      assertThat(network.node().get("/v1/deployments/" + id).text("endReason"))
          .isEqualTo("Cancelled");
    }

    @Test
    void isExplainedWithABarForEachConstraint() {
      String id =
          deploy("\"name\": \"too-much\", \"minPerformance\": 900000, \"regions\": [\"mars\"]");
      browser.open(network.url() + "/#/deployments/" + id);
      browser.await("bars", () -> browser.count(".bars meter") >= 2);
      for (String constraint : List.of("tier", "performance", "region")) {
        assertThat(browser.count(".bars meter[aria-label^='" + constraint + ":']"))
            .as(constraint)
            .isEqualTo(1);
      }
      assertThat(browser.text(".bars")).contains("are slower than you ask", "are in other regions");
      browser.screenshot(PICTURES.resolve("deployment-never.png"));
    }

    @Test
    void tellsWhyNotACertainMiner() {
      String id = deploy("\"name\": \"choosy\", \"minPerformance\": 900000");
      browser.open(network.url() + "/#/deployments/" + id);
      String miner =
          network.node().get("/v1/miners?limit=1").json().at("/items/0/minerId").asString();
      browser.fill("[name=miner]", miner);
      browser.clickText("Why (not) this one?");
      browser.await("the reason", () -> browser.text(".fails").contains("(performance)"));
      browser.fill("[name=miner]", "nonsense");
      browser.clickText("Why (not) this one?");
      browser.await("the fault", () -> browser.count("[role=alert]") == 1);
      browser.complaints(); // Chromium tells of every 422
    }

    @Test
    void isComparedWithTheMinersThatWereChosen() {
      String id = deploy("\"name\": \"compared\"");
      JsonNode placed =
          network
              .node()
              .await("/v1/deployments/" + id, found -> !found.path("assignments").isEmpty());
      browser.open(network.url() + "/#/deployments/" + id);
      browser.fill("[name=miner]", placed.at("/assignments/0/minerId").asString());
      browser.clickText("Why (not) this one?");
      browser.await("an answer", () -> browser.text(".contrast").startsWith("It "));
      assertThat(browser.text("main")).doesNotContain("undefined", "NaN", "[object");
    }

    private String deploy(String more) {
      ServedNode.Reply made = network.node().post("/v1/deployments", ServedNode.request(more));
      assertThat(made.status()).as(made.response().body()).isEqualTo(201);
      return made.text("id");
    }
  }

  @Nested
  class Quote {
    @Test
    void isReservedFromTheFormCheckedKeptAndTaken(@TempDir Path folder) throws Exception {
      Screen.NEW.open(browser, network);
      acceptEveryTier();
      browser.fill("[name=name]", "sure of its price");
      browser.await("prices", () -> browser.text(".figures").contains("pico-PHA a gas"));
      browser.screenshot(PICTURES.resolve("new-priced.png"));
      browser.click("#reserve");
      browser.await("its page", () -> browser.url().contains("#/quotes/"));
      browser.await("its state", () -> browser.text("h1").endsWith("Offered"));
      String left = browser.text(".clock");
      assertThat(left).matches("[45]:[0-5][0-9]");
      browser.await("the next second", () -> !browser.text(".clock").equals(left));
      browser.clickText("Check the signature");
      browser.await("the verdict", () -> browser.count("#proof-verdict") == 1);
      assertThat(browser.text("#proof-verdict")).isEqualTo("This price is proven.");
      browser.screenshot(PICTURES.resolve("quote-proven.png"));
      assertThat(accessibilityFaults()).isEmpty();
      assertThat(SignedDocument.isSignedBy(schedulerKey(), downloaded(folder))).isTrue();
      browser.clickText("Deploy at this price");
      browser.await("the deployment", () -> browser.url().contains("#/deployments/"));
      browser.await("its name", () -> browser.text("h1").startsWith("sure of its price"));
    }

    @Test
    void isGivenBack() {
      String id = network.quote("");
      browser.open(network.url() + "/#/quotes/" + id);
      browser.clickText("Give it back");
      browser.await("its end", () -> browser.text("h1").endsWith("Withdrawn"));
      assertThat(browser.text("main")).contains("You gave it back.");
      assertThat(network.node().get("/v1/quotes/" + id).text("state")).isEqualTo("Withdrawn");
    }

    @Test
    void endsBeforeOnesEyesWhenItsTimeIsOver() {
      String id = network.quote("\"validFor\": \"PT3S\"");
      browser.open(network.url() + "/#/quotes/" + id);
      browser.await("its end", () -> browser.text("h1").endsWith("Expired"));
      assertThat(browser.text("main")).contains("not taken in time");
      assertThat(browser.count(".clock")).isZero();
    }

    @Test
    void saysWhyThereIsNone() {
      Screen.NEW.open(browser, network);
      browser.fill("[name=minPerformance]", Integer.toString(IMPOSSIBLE_PERFORMANCE));
      browser.click("#reserve");
      browser.await("the reason", () -> browser.text("main").contains("The round gave it no"));
      assertThat(browser.url()).endsWith("#/new");
      browser.complaints(); // Chromium tells of every 409
    }

    @Test
    void isNotProvenWhenItWasTamperedWith() {
      String id = network.quote();
      Screen.ACCOUNT.open(browser, network);
      browser.script(LIE.replace("CHANGE", "if (isQuote) json.replicas[0].gasPrice = '1';"));
      browser.script("location.hash = arguments[0]", "#/quotes/" + id);
      browser.clickText("Check the signature");
      browser.await("the verdict", () -> browser.count("#proof-verdict") == 1);
      assertThat(browser.text("#proof-verdict")).isEqualTo("This price is NOT proven.");
    }

    private VerifyingKey schedulerKey() {
      JsonNode keys = network.node().get("/v1/scheduler-key").json();
      return new VerifyingKey(keys.at("/keys/0/publicKey").asString());
    }

    private ObjectNode downloaded(Path folder) throws IOException {
      browser.downloadTo(folder);
      browser.clickText("Keep it as a file");
      String id = browser.url().substring(browser.url().lastIndexOf('/') + 1);
      Path file = folder.resolve(id + ".json");
      browser.await("the file", () -> Files.exists(file));
      return (ObjectNode) new ObjectMapper().readTree(Files.readString(file));
    }
  }

  /** So that some miner is free, whatever the simulated developers have taken. */
  private void acceptEveryTier() {
    for (String tier : List.of("4", "5")) {
      browser.click("[name=tiers][value='" + tier + "']");
    }
  }

  @Nested
  class Round {
    @Test
    void showsEveryLineOfItsPlan() throws IOException {
      Screen.ROUNDS.open(browser, network);
      browser.click("tbody a");
      browser.await("its page", () -> browser.text("h1").startsWith("Round "));
      browser.clickText("Show every line");
      browser.await("the lines", () -> browser.text("main").contains("phalanx plan --round"));
      browser.screenshot(PICTURES.resolve("round-lines.png"));
      assertThat(accessibilityFaults()).isEmpty();
    }
  }

  @Nested
  class Settlement {
    @Test
    void isProvenByTheBrowser() {
      Screen.SETTLEMENT.open(browser, network);
      assertThat(verdict()).isEqualTo("This settlement is proven.");
      browser.screenshot(PICTURES.resolve("settlement-proven.png"));
      assertThat(browser.count(".steps .good")).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "if (isSettlement) json.lines[0].fee = String(BigInt(json.lines[0].fee) + 1n);",
          "if (isSettlement) json.total = '1';",
          "if (isSettlement) json.root = '00'.repeat(32);",
          "if (isHead) json.root = '00'.repeat(32);",
          "if (isProof) json.path = ['00'.repeat(32), ...json.path.slice(1)];",
          "if (isProof) json.path = json.path.slice(1);",
        })
    void isRefusedWhenItWasTamperedWith(String change) {
      Screen.ACCOUNT.open(browser, network);
      browser.script(LIE.replace("CHANGE", change));
      browser.script("location.hash = '#/settlements/1'");
      assertThat(verdict()).isEqualTo("This settlement is NOT proven.");
    }

    private String verdict() {
      browser.clickText("Check it here");
      browser.await("the verdict", () -> browser.count("#proof-verdict") == 1);
      return browser.text("#proof-verdict");
    }
  }

  @Nested
  class Receipt {
    @Test
    void isProvenByTheBrowser() {
      Screen.RECEIPT.open(browser, network);
      browser.clickText("Check it here");
      browser.await("the verdict", () -> browser.count("#proof-verdict") == 1);
      assertThat(browser.text("#proof-verdict")).isEqualTo("This receipt is proven.");
      browser.screenshot(PICTURES.resolve("receipt-proven.png"));
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedWhenItWasTamperedWith(Tampering tampering) {
      Screen.RECEIPT.open(browser, network);
      String hash = browser.script("return location.hash").asString();
      browser.open(network.url() + "/#/account");
      browser.await("another screen", () -> browser.text("h1").equals("Account"));
      browser.script(LIE.replace("CHANGE", tampering.change));
      browser.script("location.hash = arguments[0]", hash);
      browser.clickText("Check it here");
      browser.await("the verdict", () -> browser.count("#proof-verdict") == 1);
      assertThat(browser.text("#proof-verdict")).isEqualTo("This receipt is NOT proven.");
      browser.screenshot(
          PICTURES.resolve(
              "receipt-" + tampering.name().toLowerCase(java.util.Locale.ROOT) + ".png"));
    }
  }

  /** Makes the page believe in a service that lies. */
  private static final String LIE =
      """
      const honest = window.fetch;
      window.fetch = async (path, options) => {
        const answer = await honest(path, options);
        if (!/receipts|log|scheduler-key|settlements|quotes/.test(path)) return answer;
        const json = await answer.json();
        const isReceipt = 'gasPrice' in json, isProof = 'path' in json, isQuote = 'replicas' in json;
        const isSettlement = 'lines' in json, isHead = 'root' in json && !isSettlement;
        CHANGE
        return new Response(JSON.stringify(json), {status: answer.status, headers: answer.headers});
      };
      """;

  /** What a service that lies could change of a receipt and its proof. */
  enum Tampering {
    SUM("if (isReceipt) json.fee = String(BigInt(json.fee) + 1n);"),
    MINER(
        "if (isReceipt) json.minerId = json.minerId.replace(/^./, (c) => c === '0' ? '1' : '0');"),
    PATH("if (isProof) json.path = [...json.path.slice(1), '00'.repeat(32)];"),
    ROOT("if (isHead) json.root = '00'.repeat(32);"),
    SIGNATURE("if (isHead) json.signature = btoa('x'.repeat(64));"),
    TIME_OF_HEAD("if (isHead) json.time = '2020-01-01T00:00:00.000Z';");

    private final String change;

    Tampering(String change) {
      this.change = change;
    }
  }

  @Nested
  class Keyboard {
    @Test
    void skipsToTheContent() {
      Screen.NETWORK.open(browser, network);
      browser.press(Chromium.TAB);
      assertThat(focused()).isEqualTo("Skip to the content");
      browser.press(Chromium.ENTER);
      assertThat(browser.script("return document.activeElement.id").asString()).isEqualTo("main");
    }

    @Test
    void deploysWithoutAMouse() {
      Screen.NETWORK.open(browser, network);
      tabTo("Deploy");
      assertThat(outlined()).as("one sees where one is").isTrue();
      browser.press(Chromium.ENTER);
      browser.await("the form", () -> browser.count("main form .full button") == 1);
      tabTo("name");
      browser.press("typed-only");
      tabTo("Deploy");
      browser.press(Chromium.ENTER);
      browser.await("its page", () -> browser.text("h1").startsWith("typed-only"));
    }

    @Test
    void takesAPriceWithoutAMouse() {
      Screen.NEW.open(browser, network);
      acceptEveryTier();
      tabTo("Reserve this price");
      assertThat(outlined()).as("one sees where one is").isTrue();
      browser.press(Chromium.ENTER);
      browser.await("its page", () -> browser.text("h1").endsWith("Offered"));
      browser.await("its name", () -> browser.text("#announcer").startsWith("Quote q-"));
      tabTo("Deploy at this price");
      browser.press(Chromium.ENTER);
      browser.await("the deployment", () -> browser.url().contains("#/deployments/"));
    }

    private void tabTo(String target) {
      for (int presses = 0; !focused().equals(target); presses++) {
        assertThat(presses).as("presses of Tab to %s", target).isLessThan(60);
        browser.press(Chromium.TAB);
      }
    }

    private String focused() {
      return browser
          .script("const e = document.activeElement; return e.name || e.innerText.trim()")
          .asString();
    }

    private boolean outlined() {
      return browser
          .script("return parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2")
          .asBoolean();
    }
  }

  @Nested
  class Page {
    @Test
    void keepsTheKeyOutOfItsAddress() {
      Screen.ACCOUNT.open(browser, network);
      browser.fill("input[type=password]", "phx-secret");
      browser.clickText("Use for this tab");
      browser.await("it", () -> browser.text("#announcer").equals("Saved for this tab"));
      assertThat(browser.url()).doesNotContain("phx-secret");
      assertThat(
              browser
                  .script(
                      "return performance.getEntriesByType('resource').map((e) => e.name).join()")
                  .asString())
          .doesNotContain("phx-secret");
      assertThat(browser.script("return localStorage.length + document.cookie.length").asInt())
          .isZero();
      browser.script("sessionStorage.clear()");
      browser.complaints(); // a key that nobody issued is refused
    }

    @Test
    void showsMarkupAsText() {
      network.node().startMiner(9_002, "op-new", 2);
      String path = ServedNode.path(9_002);
      String markup = "<img src=x onerror=document.title=1>";
      assertThat(network.node().post(path + "/cordon", "{\"reason\": \"" + markup + "\"}").status())
          .isEqualTo(200);
      browser.open(network.url() + "/#/miners/" + ServedNode.miner(9_002));
      browser.await("the reason", () -> browser.text("main").contains(markup));
      assertThat(browser.count("main img")).isZero();
    }

    @Test
    void runsNoScriptThatIsNotAFileOfIt() {
      Screen.NETWORK.open(browser, network);
      browser.script(
          """
          const script = document.createElement('script');
          script.textContent = 'window.injected = true';
          document.body.append(script);
          """);
      assertThat(browser.script("return window.injected === true").asBoolean()).isFalse();
      assertThat(browser.complaints()).anyMatch(line -> line.contains("Content Security Policy"));
    }
  }
}
