package io.phalanx.api.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where and how a subcommand writes: sentences for people, JSON lines for programs. */
public final class Output {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(names = "--json", description = "Write JSON for programs.")
  private boolean json;

  /** Whether a program reads it. */
  boolean isJson() {
    return json;
  }

  /** Results. */
  PrintWriter out() {
    return spec().commandLine().getOut();
  }

  /** Faults. */
  PrintWriter err() {
    return spec().commandLine().getErr();
  }

  private CommandSpec spec() {
    CommandSpec known = command;
    if (known == null) {
      throw new IllegalStateException("not a subcommand");
    }
    return known;
  }
}
