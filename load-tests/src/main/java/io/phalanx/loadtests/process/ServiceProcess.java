package io.phalanx.loadtests.process;

import io.phalanx.api.demo.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The real service: its jar in a process of its own, with its data in a folder. Its output goes to
 * {@code service.log} there.
 */
public final class ServiceProcess implements AutoCloseable {
  private static final String LOG = "service.log";
  private static final FreePorts PORTS = new FreePorts(new SecureRandom());
  private static final long READY_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final long STOP_WITHIN_SECONDS = 30;
  private static final int PROBE_TIMEOUT_MS = 2_000;

  private final Process process;
  private final URI url;
  private final Path log;
  private final long startedNanos;

  /**
   * Where it runs and is found.
   *
   * @param host address under which this process reaches it
   * @param port of HTTP
   * @param within command that runs another one where it is to run; empty for here
   */
  public record Place(String host, int port, List<String> within) {
    public Place {
      within = List.copyOf(within);
    }

    /** On loopback, on any free port. */
    public static Place here() {
      return within(List.of());
    }

    /**
     * The same through another program.
     *
     * @param program and its arguments; it becomes the service
     */
    public static Place within(List<String> program) {
      return new Place("127.0.0.1", freePort(), program);
    }

    private URI url() {
      return URI.create("http://" + host + ":" + port);
    }
  }

  /**
   * How it is started.
   *
   * @param jar of the service
   * @param data folder of its store, made if absent
   * @param place where it runs
   * @param javaOptions of its virtual machine
   * @param arguments of {@code serve}, besides folder and port
   */
  public record Launch(
      Path jar, Path data, Place place, List<String> javaOptions, List<String> arguments) {
    /** The jar built here, on any free port. */
    public static Launch of(Path data, List<String> javaOptions, List<String> arguments) {
      return of(data, Place.here(), javaOptions, arguments);
    }

    /** The jar built here. */
    public static Launch of(
        Path data, Place place, List<String> javaOptions, List<String> arguments) {
      return new Launch(ServiceJar.find(), data, place, javaOptions, arguments);
    }

    /**
     * The same with so much memory from the start.
     *
     * @param heap such as {@code 2g}
     * @param recording file of a flight recording; empty for none
     */
    public Launch measured(String heap, String recording) {
      List<String> options = new ArrayList<>(javaOptions);
      options.add("-Xms" + heap);
      options.add("-Xmx" + heap);
      if (!recording.isEmpty()) {
        options.add(
            "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording);
      }
      return new Launch(jar, data, place, options, arguments);
    }
  }

  private ServiceProcess(Process process, URI url, Path log) {
    this.process = process;
    this.url = url;
    this.log = log;
    this.startedNanos = System.nanoTime();
  }

  /** Starts it and returns at once: it is not ready yet. */
  public static ServiceProcess launch(Launch launch) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("serve", "--port", Integer.toString(launch.place().port())));
    arguments.addAll(List.of("--data", launch.data().toString()));
    arguments.addAll(launch.arguments());
    try {
      Files.createDirectories(launch.data());
      Path log = launch.data().resolve(LOG);
      List<String> command = new ArrayList<>(launch.place().within());
      command.addAll(JavaCommand.ofJar(launch.jar(), launch.javaOptions(), arguments));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new ServiceProcess(process, launch.place().url(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("the service could not be started", e);
    }
  }

  /** Starts it and returns when it is ready. */
  public static ServiceProcess start(Launch launch) throws InterruptedException {
    ServiceProcess service = launch(launch);
    service.awaitReady();
    return service;
  }

  /** A port that nobody listens on now. */
  public static int freePort() {
    return PORTS.next();
  }

  /**
   * Waits until it says that it is ready.
   *
   * @return how long it took from its launch
   * @throws IllegalStateException if it ended, or was not ready within two minutes
   */
  public Duration awaitReady() throws InterruptedException {
    while (!isReady()) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            "the service ended with " + process.exitValue() + ":\n" + tail(20));
      }
      if (System.nanoTime() - startedNanos > READY_WITHIN_NANOS) {
        throw new IllegalStateException("the service is not ready:\n" + tail(20));
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  public URI url() {
    return url;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What all its threads have used of the processors. */
  public Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The same by thread. */
  public ThreadTimes threads() {
    return ThreadTimes.of(process.pid());
  }

  /** {@code kill -9}, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /**
   * Asks it to stop, and waits until it has.
   *
   * @throws IllegalStateException if it did not within half a minute
   */
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
      kill();
      throw new IllegalStateException("the service did not stop:\n" + tail(20));
    }
  }

  /** Stops it however it can. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The last lines of its output. */
  public String tail(int lines) {
    List<String> all = lines();
    return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
  }

  /** Its output, with that of others that had the same folder before it. */
  public List<String> lines() {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      return List.of("no output: " + e);
    }
  }

  /** Whether it says that it is ready. */
  public boolean isReady() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) url.resolve("/health/ready").toURL().openConnection();
      connection.setConnectTimeout(PROBE_TIMEOUT_MS);
      connection.setReadTimeout(PROBE_TIMEOUT_MS);
      try {
        return connection.getResponseCode() == 200;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }
}
