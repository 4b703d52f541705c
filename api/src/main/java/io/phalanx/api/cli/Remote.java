package io.phalanx.api.cli;

import io.phalanx.client.Credentials;
import io.phalanx.client.PhalanxClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which service a subcommand talks to, and as whom. */
final class Remote {
  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:PHALANX_URL:-http://127.0.0.1:8080}",
      description = "The service (${DEFAULT-VALUE}; PHALANX_URL).")
  private URI url = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "A file with the API key; without it PHALANX_KEY, if that is set.")
  private @Nullable Path keyFile;

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
    String fromEnvironment = System.getenv("PHALANX_KEY");
    if (keyFile != null) {
      try {
        return new Credentials.Key(Files.readString(keyFile).strip());
      } catch (IOException e) {
        throw new BadUsageException("--key-file: cannot be read: " + keyFile);
      }
    }
    if (developer != null) {
      return new Credentials.Developer(developer);
    }
    return fromEnvironment == null || fromEnvironment.isBlank()
        ? new Credentials.None()
        : new Credentials.Key(fromEnvironment.strip());
  }
}
