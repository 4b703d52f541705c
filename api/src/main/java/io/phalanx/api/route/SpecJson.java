package io.phalanx.api.route;

import io.phalanx.placement.Preference;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Tiers;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.IsoDuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Deployment requests, which the contract has found valid, as the core's specification. */
final class SpecJson {
  private static final IsoDuration LIFETIME = new IsoDuration("P30D");

  private SpecJson() {}

  static DeploymentSpec spec(JsonNode body) {
    int replicas = body.path("replicas").asInt(1);
    return new DeploymentSpec(
        text(body, "name"),
        body.path("codeHash").asString(),
        text(body, "codeUri"),
        tiers(body.path("tiers")),
        body.path("minPerformance").asInt(0),
        replicas,
        body.path("minReplicas").asInt(replicas),
        body.path("maxPerOperator").asInt(1),
        texts(body.path("regions")),
        texts(body.path("allowOperators")),
        texts(body.path("denyOperators")),
        preference(body.path("preference").asString("balanced")),
        GasPrice.parse(body.path("maxGasPrice").asString()),
        Amount.parse(body.path("budget").asString()),
        duration(text(body, "queueTimeout")),
        body.has("lifetime") ? new IsoDuration(body.path("lifetime").asString()) : LIFETIME,
        labels(body.path("labels")));
  }

  private static @Nullable String text(JsonNode body, String name) {
    JsonNode value = body.path(name);
    return value.isString() ? value.asString() : null;
  }

  private static @Nullable IsoDuration duration(@Nullable String text) {
    return text == null ? null : new IsoDuration(text);
  }

  private static Tiers tiers(JsonNode tiers) {
    int mask = 0;
    for (JsonNode tier : tiers) {
      mask |= 1 << tier.asInt();
    }
    return new Tiers(mask);
  }

  private static Preference preference(String name) {
    return Preference.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static List<String> texts(JsonNode items) {
    if (items.isEmpty()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>(items.size());
    items.forEach(item -> texts.add(item.asString()));
    return texts;
  }

  static SortedMap<String, String> labels(JsonNode labels) {
    SortedMap<String, String> map = new TreeMap<>();
    labels.forEachEntry((name, value) -> map.put(name, value.asString()));
    return map;
  }
}
