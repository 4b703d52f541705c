package io.phalanx.api.http;

import io.phalanx.api.contract.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the path of the contract that a request is for, segment by segment: the cost does not grow
 * with the number of routes, and nothing is matched that the document does not say.
 */
final class RouteTable {
  private final Node root = new Node();
  private final Map<List<String>, Answer> pages;

  /**
   * @param pages what is served beside the contract, by path segments
   */
  RouteTable(Map<List<String>, Answer> pages) {
    this.pages = Map.copyOf(pages);
  }

  /**
   * A path of the contract and what its templates stand for in this request.
   *
   * @param methods operations by method
   * @param values of the templates by name
   */
  record Match(Map<String, Route> methods, Map<String, String> values) {

    /** The methods that are allowed, for the header {@code Allow}. */
    String allow() {
      TreeSet<String> allowed = new TreeSet<>(methods.keySet());
      allowed.add("OPTIONS");
      if (allowed.contains("GET")) {
        allowed.add("HEAD");
      }
      return String.join(", ", allowed);
    }
  }

  /**
   * An operation, what serves it, and what counts it.
   *
   * @param operation of the contract
   * @param endpoint serves it
   * @param timers count it by status
   */
  record Route(Operation operation, Endpoint endpoint, RouteTimers timers) {}

  void add(Route route) {
    Node node = root;
    List<String> names = new ArrayList<>();
    for (String segment : route.operation().segments()) {
      if (segment.startsWith("{")) {
        names.add(segment.substring(1, segment.length() - 1));
        node.any = node.any == null ? new Node() : node.any;
        node = node.any;
      } else {
        node = node.named.computeIfAbsent(segment, name -> new Node());
      }
    }
    node.templates = List.copyOf(names);
    if (node.methods.put(route.operation().method(), route) != null) {
      throw new IllegalStateException("two operations for " + route.operation().path());
    }
  }

  /** The page at that path, if there is one. */
  @Nullable Answer page(List<String> segments) {
    return pages.get(segments);
  }

  @Nullable Match find(List<String> segments) {
    Node node = root;
    List<String> values = new ArrayList<>(2);
    for (String segment : segments) {
      Node next = node.named.get(segment);
      if (next == null) {
        next = node.any;
        values.add(segment);
      }
      if (next == null) {
        return null;
      }
      node = next;
    }
    return node.methods.isEmpty() ? null : new Match(node.methods, named(node.templates, values));
  }

  private static Map<String, String> named(List<String> names, List<String> values) {
    return switch (names.size()) {
      case 0 -> Map.of();
      case 1 -> Map.of(names.get(0), values.get(0));
      default -> {
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
          named.put(names.get(i), values.get(i));
        }
        yield named;
      }
    };
  }

  /** A place in the tree of paths. */
  private static final class Node {
    private final Map<String, Node> named = new HashMap<>();
    private final Map<String, Route> methods = new TreeMap<>();
    private List<String> templates = List.of();
    private @Nullable Node any;
  }
}
