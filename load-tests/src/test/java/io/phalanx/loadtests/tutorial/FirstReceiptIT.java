package io.phalanx.loadtests.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial, as it stands, on the jar that was built. */
class FirstReceiptIT {
  @Test
  void leadsToAReceiptThatIsProvenWithoutTheService(@TempDir Path folder) throws Exception {
    List<String> blocks = new Page("tutorials/first-receipt.md").blocks();
    assertThat(blocks).hasSizeGreaterThan(6);
    Workplace.Ran ran = Workplace.in(folder).run(String.join("\n", blocks));
    assertThat(ran.exit()).as(ran.said()).isZero();
    assertThat(ran.said())
        .contains("placeable")
        .contains("never")
        .contains("Running")
        .contains("The receipt is proven.")
        .contains("The receipt is NOT proven.");
  }
}
