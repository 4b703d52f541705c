package io.phalanx.cluster;

import static io.phalanx.cluster.NodeConfig.Auth.KEYS;
import static io.phalanx.cluster.NodeConfig.Auth.OPEN;

import io.phalanx.scheduler.storage.PostgresServer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Texts to values. A fault is noted and some valid value goes on, so that all faults are found. */
final class ConfigParser {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1");
  private static final Pattern MEMBER = Pattern.compile("[A-Za-z0-9._\\-\\[\\]:]{1,253}:\\d{1,5}");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  // a URL can have a password in it, and faults are logged
  private static final Set<Setting> MAY_HOLD_SECRETS =
      Set.of(Setting.STORE, Setting.PAYOUT_URL, Setting.TRACING_OTLP);

  private final Map<Setting, SettingValue> values;
  private final List<String> faults;

  ConfigParser(Map<Setting, SettingValue> values, List<String> faults) {
    this.values = values;
    this.faults = faults;
  }

  /** Only to be used when no fault was noted. */
  NodeConfig parse() {
    NodeConfig.Auth auth = auth();
    return new NodeConfig(
        text(Setting.NODE_ID, NAME, "1 to 64 of a-z, 0-9 and -"),
        text(Setting.CELL, NAME, "1 to 64 of a-z, 0-9 and -"),
        listen(auth),
        path(Setting.DATA, "a folder"),
        store(),
        auth,
        optionalPath(Setting.SIGNING_KEY, "must be a file"),
        url(Setting.PAYOUT_URL),
        optionalPath(Setting.PAYOUT_FOLDER, "must be a folder"),
        settlementPeriod(),
        http(),
        new NodeConfig.Tls(file(Setting.TLS_CERTIFICATE), file(Setting.TLS_KEY)),
        rounds(),
        cluster(),
        new NodeConfig.Tracing(
            url(Setting.TRACING_OTLP), (int) integer(Setting.TRACING_PERMILLE, 0, 1000)),
        integer(Setting.SNAPSHOT_EVERY, 1, 1_000_000_000),
        duration(Setting.SHUTDOWN_GRACE, Duration.ZERO, TEN_MINUTES));
  }

  private NodeConfig.Listen listen(NodeConfig.Auth auth) {
    String host = text(Setting.LISTEN_HOST, HOST, "a host name or address");
    if (auth == OPEN && !LOOPBACK.matcher(host).matches()) {
      fault(Setting.LISTEN_HOST, "open mode listens on loopback only; say auth: keys to go beyond");
    }
    return new NodeConfig.Listen(host, (int) integer(Setting.LISTEN_PORT, 0, 65_535));
  }

  private NodeConfig.Http http() {
    return new NodeConfig.Http(
        (int) integer(Setting.HTTP_MAX_BODY, 1024, 16 << 20),
        (int) integer(Setting.HTTP_MAX_READINGS_BODY, 1024, 64 << 20),
        duration(Setting.HTTP_REQUEST_DEADLINE, Duration.ofMillis(100), TEN_MINUTES),
        (int) integer(Setting.HTTP_RATE, 1, 1_000_000),
        (int) integer(Setting.HTTP_BYTE_RATE, 64 << 10, 1 << 30));
  }

  private NodeConfig.Rounds rounds() {
    return new NodeConfig.Rounds(
        duration(Setting.ROUNDS_BATCHING_WINDOW, Duration.ZERO, Duration.ofSeconds(10)),
        duration(Setting.ROUNDS_TIME_LIMIT, Duration.ofMillis(10), TEN_MINUTES),
        integer(Setting.ROUNDS_SEED, Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private NodeConfig.Cluster cluster() {
    String service = value(Setting.CLUSTER_KUBERNETES_SERVICE);
    if (!service.isEmpty() && !HOST.matcher(service).matches()) {
      fault(Setting.CLUSTER_KUBERNETES_SERVICE, "must be a DNS name");
    }
    return new NodeConfig.Cluster(
        text(Setting.CLUSTER_NAME, NAME, "1 to 64 of a-z, 0-9 and -"),
        text(Setting.CLUSTER_HOST, HOST, "a host name or address"),
        (int) integer(Setting.CLUSTER_PORT, 1, 65_535),
        (int) integer(Setting.CLUSTER_BUS_PORT, 0, 65_535),
        members(),
        service,
        value(Setting.CLUSTER_SECRET_FILE).isEmpty()
            ? Optional.empty()
            : Optional.of(path(Setting.CLUSTER_SECRET_FILE, "a file")));
  }

  private List<String> members() {
    String text = value(Setting.CLUSTER_MEMBERS);
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> members = List.of(text.split(",", -1));
    if (!members.stream().allMatch(member -> MEMBER.matcher(member).matches())) {
      fault(Setting.CLUSTER_MEMBERS, "must be addresses such as 10.0.0.1:5701, by comma");
    }
    return members;
  }

  private Path path(Setting setting, String what) {
    String text = value(setting);
    try {
      if (!text.isBlank()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      // named below
    }
    fault(setting, "must be " + what);
    return Path.of(Setting.DATA.defaultValue());
  }

  private String file(Setting setting) {
    String text = value(setting);
    try {
      if (text.isEmpty() || Files.isReadable(Path.of(text))) {
        return text;
      }
    } catch (InvalidPathException e) {
      // named below
    }
    fault(setting, "must be a file that can be read");
    return "";
  }

  private Optional<Path> optionalPath(Setting setting, String rule) {
    String text = value(setting);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (!text.isBlank()) {
        return Optional.of(Path.of(text));
      }
    } catch (InvalidPathException e) {
      // named below
    }
    fault(setting, rule);
    return Optional.empty();
  }

  private String store() {
    String text = value(Setting.STORE);
    if (!text.isEmpty() && !text.startsWith("jdbc:postgresql:")) {
      fault(Setting.STORE, "must be empty or a URL that begins with jdbc:postgresql:");
    }
    if (!text.isEmpty() && value(Setting.CELL).length() > PostgresServer.MAX_CELL_LENGTH) {
      fault(
          Setting.CELL,
          "has at most " + PostgresServer.MAX_CELL_LENGTH + " characters in a shared store");
    }
    return text;
  }

  private NodeConfig.Auth auth() {
    return switch (value(Setting.AUTH)) {
      case "open" -> OPEN;
      case "keys" -> KEYS;
      default -> {
        fault(Setting.AUTH, "must be open or keys");
        yield KEYS; // the stricter one, so that no second fault follows from the first
      }
    };
  }

  private Optional<URI> url(Setting setting) {
    String text = value(setting);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = new URI(text);
      boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (isHttp
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getFragment() == null) {
        return Optional.of(url);
      }
    } catch (URISyntaxException e) {
      // named below
    }
    fault(setting, "must be an http or https URL without user and fragment");
    return Optional.empty();
  }

  private Optional<Duration> settlementPeriod() {
    return value(Setting.SETTLEMENT_PERIOD).isEmpty()
        ? Optional.empty()
        : Optional.of(duration(Setting.SETTLEMENT_PERIOD, Duration.ofSeconds(1), DAY));
  }

  private Duration duration(Setting setting, Duration least, Duration most) {
    try {
      Duration duration = Duration.parse(value(setting));
      if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // named below
    }
    fault(setting, "must be an ISO 8601 duration from " + least + " to " + most);
    return least;
  }

  private long integer(Setting setting, long least, long most) {
    try {
      long number = Long.parseLong(value(setting));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // named below
    }
    fault(setting, "must be an integer from " + least + " to " + most);
    return least;
  }

  private String text(Setting setting, Pattern pattern, String what) {
    String text = value(setting);
    if (!pattern.matcher(text).matches()) {
      fault(setting, "must be " + what);
    }
    return text;
  }

  private String value(Setting setting) {
    return written(setting).text();
  }

  private SettingValue written(Setting setting) {
    return Objects.requireNonNull(values.get(setting), setting.key());
  }

  private void fault(Setting setting, String fault) {
    SettingValue value = written(setting);
    faults.add(
        value.source()
            + ": "
            + fault
            + (MAY_HOLD_SECRETS.contains(setting) ? "" : ", not \"" + shown(value.text()) + "\""));
  }

  private static String shown(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
