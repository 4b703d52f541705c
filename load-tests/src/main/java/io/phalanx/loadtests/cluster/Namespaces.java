package io.phalanx.loadtests.cluster;

import io.phalanx.loadtests.cluster.PartitionShape.Cut;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Network namespaces of this process's own: one for each node, one for the database, all on a
 * bridge in another one, to which this process has a link as well. The bridge drops what is to be
 * lost, each direction by itself. They are gone when this is closed or this process ends, however.
 *
 * <p>Nodes in open mode listen on loopback only, so each namespace hands what comes to its {@link
 * #HTTP_PORT} to the same port of its loopback.
 */
final class Namespaces implements AutoCloseable {
  /** Where nodes listen, each in its own namespace. */
  static final int HTTP_PORT = 8080;

  private static final List<String> TOOLS = List.of("ip", "nft", "setsid", "unshare");
  private static final int NETWORKS = 256;
  private static final int OWN_HOST = 1;
  private static final int STORE_HOST = 10;
  private static final int FIRST_NODE_HOST = 11;
  private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

  private static final String BRIDGE =
      """
      table bridge phalanx {
        set cut { type ipv4_addr . ipv4_addr; }
        counter dropped { }
        chain through {
          type filter hook forward priority 0;
          ip saddr . ip daddr @cut counter name dropped drop
        }
      }
      """;

  private static final String DOOR =
      """
      table ip phalanx {
        chain door {
          type nat hook prerouting priority -100;
          iif "eth0" tcp dport %d dnat to 127.0.0.1
        }
      }
      """
          .formatted(HTTP_PORT);

  private final String prefix;
  private final String network;
  private final Keeper keeper;

  private Namespaces(String prefix, String network, Keeper keeper) {
    this.prefix = prefix;
    this.network = network;
    this.keeper = keeper;
  }

  /** What this machine lacks for namespaces, in a sentence; nothing if they can be made. */
  static Optional<String> missing() throws InterruptedException {
    List<String> lacking = TOOLS.stream().filter(tool -> !isThere(tool)).toList();
    if (!lacking.isEmpty()) {
      return Optional.of("Namespaces need " + String.join(", ", lacking) + ".");
    }
    if (!Command.run("id", "-u").strip().equals("0")) {
      return Optional.of("Namespaces can be made by root only.");
    }
    try {
      String name = prefix() + "-try";
      Command.run("ip", "netns", "add", name);
      Command.run("ip", "netns", "del", name);
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of("No namespace can be made here: " + e.getMessage());
    }
  }

  private static boolean isThere(String tool) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  private static String prefix() {
    return "phx" + ProcessHandle.current().pid();
  }

  /** Makes them, for so many nodes. */
  static Namespaces make(int nodes) throws InterruptedException {
    String prefix = prefix();
    List<String> names = new ArrayList<>(List.of(prefix + "-hub", prefix + "-store"));
    for (int i = 0; i < nodes; i++) {
      names.add(prefix + "-node" + i);
    }
    Namespaces spaces = new Namespaces(prefix, freeNetwork(), Keeper.start(prefix, names));
    try {
      spaces.makeHub();
      spaces.makePlace(PartitionShape.STORE);
      for (int i = 0; i < nodes; i++) {
        spaces.makePlace(i);
        spaces.openDoor(i);
      }
      return spaces;
    } catch (RuntimeException | InterruptedException e) {
      spaces.close();
      throw e;
    }
  }

  /** Of those for benchmarks (RFC 2544), one that this machine does not use now. */
  private static String freeNetwork() throws InterruptedException {
    long first = ProcessHandle.current().pid() % NETWORKS;
    for (int i = 0; i < NETWORKS; i++) {
      String network = "198.18." + (first + i) % NETWORKS + ".";
      if (Command.run("ip", "-4", "-o", "addr", "show", "to", network + "0/24").isBlank()) {
        return network;
      }
    }
    throw new IllegalStateException("all networks for tests are in use");
  }

  private String hub() {
    return prefix + "-hub";
  }

  private String name(int place) {
    return prefix + (place == PartitionShape.STORE ? "-store" : "-node" + place);
  }

  private void makeHub() throws InterruptedException {
    Command.run("ip", "netns", "add", hub());
    Command.run("ip", "-n", hub(), "link", "add", "bridge0", "type", "bridge");
    Command.run("ip", "-n", hub(), "link", "set", "bridge0", "up");
    Command.run(
        "ip", "link", "add", "name", prefix, "type", "veth", "peer", "name", "own", "netns", hub());
    Command.run("ip", "addr", "add", ownAddress() + "/24", "dev", prefix);
    Command.run("ip", "link", "set", prefix, "up");
    Command.run("ip", "-n", hub(), "link", "set", "own", "master", "bridge0", "up");
    Command.run(within(hub(), "nft", "-f", "-"), BRIDGE);
  }

  private void makePlace(int place) throws InterruptedException {
    String name = name(place);
    String port = "port" + (place + 1);
    Command.run("ip", "netns", "add", name);
    Command.run("ip", "-n", name, "link", "set", "lo", "up");
    Command.run(
        "ip", "-n", hub(), "link", "add", "name", port, "type", "veth", "peer", "name", "eth0",
        "netns", name);
    Command.run("ip", "-n", hub(), "link", "set", port, "master", "bridge0", "up");
    Command.run("ip", "-n", name, "addr", "add", address(place) + "/24", "dev", "eth0");
    Command.run("ip", "-n", name, "link", "set", "eth0", "up");
  }

  private void openDoor(int node) throws InterruptedException {
    String name = name(node);
    String setting = "/proc/sys/net/ipv4/conf/all/route_localnet";
    Command.run(within(name, "tee", setting), "1");
    Command.run(within(name, "nft", "-f", "-"), DOOR);
  }

  private static List<String> within(String name, String... command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
    all.addAll(List.of(command));
    return all;
  }

  /** What runs a command where a node or the database is. */
  List<String> within(int place) {
    return within(name(place));
  }

  /** The address of a node or the database, for all others. */
  String address(int place) {
    return network + (place == PartitionShape.STORE ? STORE_HOST : FIRST_NODE_HOST + place);
  }

  /** The address of this process, for all others. */
  String ownAddress() {
    return network + OWN_HOST;
  }

  /** From now on all of that is lost, whatever was lost before. */
  void cut(Set<Cut> cuts) throws InterruptedException {
    String pairs =
        cuts.stream()
            .map(cut -> address(cut.from()) + " . " + address(cut.to()))
            .collect(Collectors.joining(", "));
    Command.run(
        within(hub(), "nft", "-f", "-"),
        "flush set bridge phalanx cut\nadd element bridge phalanx cut { %s }\n".formatted(pairs));
  }

  /** From now on everything arrives. */
  void heal() throws InterruptedException {
    Command.run(within(hub(), "nft", "flush", "set", "bridge", "phalanx", "cut"), "");
  }

  /** How many packets were lost so far. */
  long dropped() throws InterruptedException {
    String said =
        Command.run(within(hub(), "nft", "list", "counter", "bridge", "phalanx", "dropped"), "");
    Matcher packets = PACKETS.matcher(said);
    if (!packets.find()) {
      throw new IllegalStateException("no count of what was lost: " + said);
    }
    return Long.parseLong(packets.group(1));
  }

  @Override
  public void close() {
    keeper.close();
  }
}
