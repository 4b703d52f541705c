package io.phalanx.loadtests.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of child processes on the Java that runs this one. */
public final class JavaCommand {
  private JavaCommand() {}

  /** A main class of this process's class path, in a fresh virtual machine. */
  public static List<String> of(Class<?> main, List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }

  /** A runnable jar. */
  public static List<String> ofJar(Path jar, List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(options);
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(arguments);
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
