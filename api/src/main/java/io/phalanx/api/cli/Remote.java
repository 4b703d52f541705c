package io.phalanx.api.cli;

import io.phalanx.client.Credentials;
import io.phalanx.client.PhalanxClient;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which service a subcommand talks to, and as whom. */
final class Remote {
  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:PHALANX_URL:-http://127.0.0.1:8080}",
      description = "The service (${DEFAULT-VALUE}; PHALANX_URL).")
  private URI url = URI.create("http://127.0.0.1:8080");

  @Mixin private KeyFlags keys = new KeyFlags();

  @Option(
      names = "--developer",
      paramLabel = "NAME",
      description = "Who you are, for a service in open mode.")
  private @Nullable String developer;

  /** A client with these settings. */
  PhalanxClient client() throws BadUsageException {
    if (url.getHost() == null || !(isHttp("http") || isHttp("https"))) {
      throw new BadUsageException("--url: no http or https address: " + url);
    }
    return new PhalanxClient(url, credentials());
  }

  private boolean isHttp(String scheme) {
    return scheme.equalsIgnoreCase(url.getScheme());
  }

  private Credentials credentials() throws BadUsageException {
    List<String> faults = keys.faults();
    if (!faults.isEmpty()) {
      throw new BadUsageException(faults.get(0));
    }
    Optional<String> given = keys.given();
    if (given.isEmpty() && developer != null) {
      return new Credentials.Developer(printable("--developer", developer));
    }
    Optional<String> key = given.or(KeyFlags::ofTheEnvironment);
    return key.isPresent()
        ? new Credentials.Key(printable("the API key", key.get()))
        : new Credentials.None();
  }

  /** What else stands in a name or key can be in no header. */
  private static String printable(String what, String text) throws BadUsageException {
    if (text.isBlank() || !text.chars().allMatch(letter -> letter > ' ' && letter <= '~')) {
      throw new BadUsageException(what + ": must be printable ASCII without spaces");
    }
    return text;
  }
}
