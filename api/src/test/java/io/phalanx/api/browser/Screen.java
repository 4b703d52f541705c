package io.phalanx.api.browser;

import io.phalanx.api.support.ServedNode;

/** Every screen of the console, with what must be on it before it counts as loaded. */
enum Screen {
  NETWORK("/", "Network", ".bars meter"),
  DEPLOYMENTS("/deployments", "Deployments", "tbody tr"),
  DEPLOYMENT("/deployments/{deployment}", "", ".timeline li"),
  NEW("/new", "New deployment", ".bars meter"),
  QUOTES("/quotes", "Quotes", "tbody tr"),
  QUOTE("/quotes/{quote}", "Quote", ".clock"),
  MINERS("/miners", "Miners", ".fleet rect"),
  MINER("/miners/{miner}", "Miner", "dl.facts"),
  ROUNDS("/rounds", "Rounds", "tbody tr"),
  ROUND("/rounds/1", "Round 1", "dl.facts"),
  SETTLEMENTS("/settlements", "Settlements", "tbody tr"),
  SETTLEMENT("/settlements/1", "Settlement 1", "tbody tr"),
  RECEIPTS("/receipts", "Receipts", "tbody tr"),
  RECEIPT("/receipts/{receipt}", "Receipt", "button"),
  ACCOUNT("/account", "Account", ".figures");

  private final String path;
  private final String title;
  private final String loaded;

  Screen(String path, String title, String loaded) {
    this.path = path;
    this.title = title;
    this.loaded = loaded;
  }

  String title() {
    return title;
  }

  String fileName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Opens it afresh and waits for what it shows. */
  void open(Chromium browser, LiveNetwork network) {
    if (path.startsWith("/quotes")) {
      network.quote();
    }
    browser.open("about:blank");
    browser.open(network.url() + "/#" + address(network.node()));
    browser.await(name(), () -> browser.count("main " + loaded) > 0);
  }

  private String address(ServedNode node) {
    return path.replace("{deployment}", newest(node, "/v1/deployments?state=Running,Ended", "id"))
        .replace("{quote}", newest(node, "/v1/quotes?state=Offered", "id"))
        .replace("{miner}", newest(node, "/v1/miners?state=Idle,Active", "minerId"))
        .replace("{receipt}", newest(node, "/v1/receipts", "id"));
  }

  private static String newest(ServedNode node, String list, String field) {
    return node.get(list).json().path("items").path(0).path(field).asString();
  }
}
