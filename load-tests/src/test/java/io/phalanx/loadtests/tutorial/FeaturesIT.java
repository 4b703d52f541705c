package io.phalanx.loadtests.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the table of features that do not take long, as they stand. */
@Tag("features")
class FeaturesIT {
  /** As the page says: the first two steps of the tutorial, and one deployment. */
  private static final int SERVICE_AND_FLEET = 3;

  @Test
  void areShownWithoutAService(@TempDir Path folder) throws Exception {
    List<String> commands = new Page("features.md").commands("Without a service");
    assertThat(commands).hasSizeGreaterThan(6);
    Workplace.Ran ran = Workplace.in(folder).run(told(commands));
    assertThat(ran.exit()).as(ran.said()).isZero();
  }

  @Test
  void areShownByAService(@TempDir Path folder) throws Exception {
    List<String> start =
        new Page("tutorials/first-receipt.md").blocks().subList(0, SERVICE_AND_FLEET);
    List<String> commands = new Page("features.md").commands("With a service");
    assertThat(commands).hasSizeGreaterThan(25);
    Workplace.Ran ran =
        Workplace.in(folder)
            .run(
                String.join("\n", start)
                    + "base=$PHALANX_URL\n"
                    + "id=$(./phalanx deploy -f docs/examples/deployment.yaml | cut -d ' ' -f 1)\n"
                    + told(commands));
    assertThat(ran.exit()).as(ran.said()).isZero();
  }

  /** Each says which it is, so that the one that fails is the last that is named. */
  private static String told(List<String> commands) {
    StringBuilder script = new StringBuilder();
    for (String command : commands) {
      script.append("cat <<'COMMAND'\n\n--- ").append(command).append("\nCOMMAND\n");
      script.append(command).append('\n');
    }
    return script.toString();
  }
}
