package io.phalanx.api.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.cli.PhalanxCommand;
import io.phalanx.api.support.DocumentedTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The page of commands is the command line's own help. */
class CommandDocsTest {
  @Test
  void namesEveryCommandWithItsOptions() throws IOException {
    List<String> rows = new ArrayList<>();
    add(PhalanxCommand.commandLine(), rows);
    assertThat(rows).hasSizeGreaterThan(15);
    DocumentedTable.isMadeOf(rows, "reference/cli.md");
  }

  private static void add(CommandLine line, List<String> rows) {
    for (Map.Entry<String, CommandLine> sub : line.getSubcommands().entrySet()) {
      CommandSpec spec = sub.getValue().getCommandSpec();
      if (!spec.qualifiedName().endsWith(" help")) {
        rows.add(row(spec));
        add(sub.getValue(), rows);
      }
    }
  }

  private static String row(CommandSpec spec) {
    List<String> arguments = new ArrayList<>();
    spec.positionalParameters().forEach(each -> arguments.add(shown(each, each.paramLabel())));
    spec.options().stream()
        .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
        .sorted(java.util.Comparator.comparing(option -> option.longestName()))
        .forEach(option -> arguments.add(shown(option, option.longestName())));
    return "| `%s` | %s | %s |"
        .formatted(
            spec.qualifiedName(),
            String.join(" ", spec.usageMessage().description())
                .replace("%n", " ")
                .replace("|", "\\|"),
            arguments.stream().map(each -> "`" + each + "`").collect(Collectors.joining(" ")));
  }

  private static String shown(ArgSpec argument, String name) {
    return argument.required() ? name : "[" + name + "]";
  }
}
