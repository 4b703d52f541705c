package io.phalanx.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes a {@link NodeConfig} of the defaults, one YAML file, the environment and overrides; each of
 * them wins over those before it.
 */
public final class ConfigLoader {
  /** Variables with our prefix that are the command line's own, not settings. */
  static final Set<String> NOT_SETTINGS =
      Set.of(
          "PHALANX_CONFIG", "PHALANX_JAVA_OPTS", "PHALANX_KEY", "PHALANX_KEY_FILE", "PHALANX_URL");

  // Kubernetes sets these in every pod beside a service that is called "phalanx".
  private static final List<String> SERVICE_LINKS = List.of("PHALANX_SERVICE_", "PHALANX_PORT");

  private final Map<String, String> environment;
  private final Map<String, String> overrides;

  /**
   * A loader for one process.
   *
   * @param environment all variables; those that do not begin with {@code PHALANX_} are not looked
   *     at
   * @param overrides values by key, such as those of command-line flags
   */
  public ConfigLoader(Map<String, String> environment, Map<String, String> overrides) {
    this.environment = Map.copyOf(environment);
    this.overrides = Map.copyOf(overrides);
  }

  /**
   * The configuration without a file.
   *
   * @throws ConfigFaultException naming all faults
   */
  public NodeConfig load() {
    return merge(new TreeMap<>(), new ArrayList<>());
  }

  /**
   * The configuration with a file.
   *
   * @throws ConfigFaultException naming all faults
   */
  public NodeConfig load(Path file) {
    List<String> faults = new ArrayList<>();
    return merge(YamlSettings.read(file, faults), faults);
  }

  private NodeConfig merge(Map<String, String> fromFile, List<String> faults) {
    Map<Setting, SettingValue> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      values.put(setting, new SettingValue(setting, setting.key(), setting.defaultValue()));
    }
    putAll(fromFile, "", values, faults);
    putEnvironment(values, faults);
    putAll(overrides, " (given on the command line)", values, faults);
    NodeConfig config = new ConfigParser(values, faults).parse();
    if (!faults.isEmpty()) {
      throw new ConfigFaultException(faults);
    }
    return config;
  }

  private static void putAll(
      Map<String, String> from,
      String origin,
      Map<Setting, SettingValue> values,
      List<String> faults) {
    new TreeMap<>(from)
        .forEach(
            (key, text) ->
                Setting.withKey(key)
                    .ifPresentOrElse(
                        known -> values.put(known, new SettingValue(known, key + origin, text)),
                        () -> faults.add(key + origin + ": there is no such key")));
  }

  private void putEnvironment(Map<Setting, SettingValue> values, List<String> faults) {
    Map<String, String> left = new TreeMap<>(environment);
    left.keySet().removeIf(name -> !isOurs(name));
    for (Setting setting : Setting.values()) {
      String name = setting.environmentName();
      String text = left.remove(name);
      if (text != null) {
        values.put(setting, new SettingValue(setting, setting.key() + " (" + name + ")", text));
      }
    }
    left.keySet().forEach(name -> faults.add(name + ": no key has this variable"));
  }

  private static boolean isOurs(String name) {
    return name.toUpperCase(Locale.ROOT).startsWith(Setting.ENVIRONMENT_PREFIX)
        && !NOT_SETTINGS.contains(name)
        && SERVICE_LINKS.stream().noneMatch(name::startsWith);
  }
}
