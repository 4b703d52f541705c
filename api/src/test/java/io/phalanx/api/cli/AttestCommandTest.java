package io.phalanx.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.phalanx.api.support.SharedData;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.authority.DcapForge;
import io.phalanx.attestation.authority.IasForge;
import io.phalanx.attestation.x509.TrustAnchors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.JsonNodeFactory;

class AttestCommandTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String NOW = Long.toString(DcapForge.NOW.getEpochSecond());
  private static final List<String> FIELDS =
      List.of(
          "verdict",
          "tier",
          "tcbStatus",
          "advisories",
          "reason",
          "expiresAt",
          "fmspc",
          "tee",
          "debug",
          "measurement",
          "reportData");

  @TempDir private Path folder;

  private record Run(int exit, String out, String err) {
    JsonNode json() {
      return MAPPER.readTree(out);
    }
  }

  private static Run run(CommandLine line, List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exit = line.execute(arguments.toArray(String[]::new));
    return new Run(exit, out.toString(), err.toString());
  }

  /** The whole program, which trusts Intel. */
  private static Run phalanx(String... arguments) {
    List<String> all = new ArrayList<>(List.of("attest"));
    all.addAll(List.of(arguments));
    return run(PhalanxCommand.commandLine(), all);
  }

  /** The command alone, trusting the authority of the tests. */
  private static Run attest(List<String> evidence, String... arguments) {
    TrustAnchors anchors = new TrustAnchors(DcapForge.root(), IasForge.authority());
    List<String> all = new ArrayList<>(evidence);
    all.addAll(List.of(arguments));
    return run(new CommandLine(new AttestCommand(anchors)), all);
  }

  private String file(String name, Bytes content) throws IOException {
    return Files.write(folder.resolve(name), content.toArray()).toString();
  }

  private List<String> files(DcapForge forge) throws IOException {
    Evidence.Dcap evidence = forge.issue();
    String quote = file("quote", evidence.quote());
    return List.of("--quote", quote, "--collateral", file("collateral", evidence.collateral()));
  }

  private List<String> files(IasForge forge) throws IOException {
    Evidence.Ias evidence = forge.issue();
    String json =
        JsonNodeFactory.instance
            .objectNode()
            .put("raReport", evidence.report().latin1())
            .put("signature", evidence.signature())
            .put("rawSigningCert", evidence.signingCertificate())
            .toString();
    return List.of("--ias", file("ias", Bytes.utf8(json)));
  }

  @Nested
  class Accepts {
    @Test
    void aQuote() throws IOException {
      DcapForge forge = DcapForge.tdx().rated("OutOfDate", "INTEL-SA-01010");
      Run run = attest(files(forge), "--at", NOW, "--json");
      assertThat(run.exit).isZero();
      assertThat(run.json().propertyNames()).containsExactlyElementsOf(FIELDS);
      assertThat(run.json())
          .isEqualTo(
              MAPPER.readTree(
                  """
                  {"verdict": "ACCEPT", "tier": 5, "tcbStatus": "OutOfDate",
                   "advisories": ["INTEL-SA-01010"], "reason": null,
                   "expiresAt": "2026-02-04T00:00:00.000Z", "fmspc": "00A067110000",
                   "tee": "TDX", "debug": false, "measurement": "7d%s", "reportData": "%s"}
                  """
                      .formatted("00".repeat(47), "00".repeat(64))));
      assertThat(run.err).isEmpty();
    }

    @Test
    void aReport() throws IOException {
      Run run = attest(files(IasForge.report()), "--at", NOW, "--json");
      assertThat(run.exit).isZero();
      assertThat(run.json().get("tier").asInt()).isEqualTo(1);
      assertThat(run.json().get("tcbStatus").asString()).isEqualTo("OK");
      assertThat(run.json().get("fmspc").isNull()).isTrue();
      assertThat(run.json().get("expiresAt").asString()).isEqualTo("2026-02-14T12:00:00.000Z");
    }

    @Test
    void inWordsForPeople() throws IOException {
      Run run = attest(files(DcapForge.sgx()), "--at", NOW);
      assertThat(run.exit).isZero();
      assertThat(run.out).contains("tier 1").contains("UpToDate").contains("2026-02-04");
    }

    @Test
    void whatIsAllowedByName() throws IOException {
      List<String> debug = files(DcapForge.sgx().signed(bytes -> bytes[DcapForge.BODY + 48] = 7));
      assertThat(attest(debug, "--at", NOW).exit).isEqualTo(1);
      assertThat(attest(debug, "--at", NOW, "--allow-debug").exit).isZero();
      List<String> unlisted = files(DcapForge.sgx().collateral(fields -> fields.remove("pck_crl")));
      assertThat(attest(unlisted, "--at", NOW).exit).isEqualTo(1);
      assertThat(attest(unlisted, "--at", NOW, "--allow-missing-crls").exit).isZero();
      List<String> serviced =
          files(DcapForge.td15().signed(bytes -> bytes[DcapForge.BODY_V5 + 647] = 1));
      assertThat(attest(serviced, "--at", NOW).exit).isEqualTo(1);
      assertThat(attest(serviced, "--at", NOW, "--allow-service-td").exit).isZero();
      List<String> report = files(IasForge.report().quote(quote -> quote[96] = 7));
      assertThat(attest(report, "--at", NOW).exit).isEqualTo(1);
      assertThat(attest(report, "--at", NOW, "--allow-debug").exit).isZero();
    }

    @Test
    void whatIsBoundToTheMinersKeyWhereThatIsAskedFor() throws IOException {
      Bytes key = Bytes.utf8("miner").sha256();
      List<String> bound = files(DcapForge.sgx().reporting(key.concat(key.sha256())));
      assertThat(attest(bound, "--at", NOW, "--miner-key", key.hex()).exit).isZero();
      Run other = attest(bound, "--at", NOW, "--json", "--miner-key", key.sha256().hex());
      assertThat(other.exit).isEqualTo(1);
      assertThat(other.json().get("reason").asString()).isEqualTo("MINER_KEY_IS_NOT_BOUND");
    }
  }

  @Nested
  class Rejects {
    @Test
    void whatIsNotGoodEnoughAndSaysWhy() throws IOException {
      DcapForge forge = DcapForge.sgx().tcbInfo(info -> info.remove("tcbLevels"));
      Run run = attest(files(forge), "--at", NOW, "--json");
      assertThat(run.exit).isEqualTo(1);
      assertThat(run.json().propertyNames()).containsExactlyElementsOf(FIELDS);
      assertThat(run.json().get("verdict").asString()).isEqualTo("REJECT");
      assertThat(run.json().get("reason").asString()).isEqualTo("TCB_LEVEL_IS_UNKNOWN");
      assertThat(run.json().get("tier").isNull()).isTrue();
      assertThat(run.json().get("fmspc").asString()).isEqualTo("00A067110000");
      assertThat(run.err).contains("No level is rated");
    }

    @Test
    void filesThatAreNotWhatTheyShouldBe() throws IOException {
      String noise = file("noise", Bytes.utf8("noise"));
      Run quote = attest(List.of("--quote", noise, "--collateral", noise), "--at", NOW, "--json");
      assertThat(quote.exit).isEqualTo(1);
      assertThat(quote.json().get("reason").asString()).isEqualTo("QUOTE_IS_MALFORMED");
      assertThat(quote.json().get("tee").isNull()).isTrue();
      Run report = attest(List.of("--ias", noise), "--at", NOW, "--json");
      assertThat(report.exit).isEqualTo(1);
      assertThat(report.json().get("reason").asString()).isEqualTo("REPORT_IS_MALFORMED");
      String large = file("large", Bytes.copyOf(new byte[3_000_000]));
      assertThat(attest(List.of("--quote", large, "--collateral", noise), "--at", NOW).exit)
          .isEqualTo(1);
      assertThat(attest(List.of("--ias", large), "--at", NOW).exit).isEqualTo(1);
    }

    @Test
    void evidenceOfAnyAuthorityButIntels() throws IOException {
      List<String> files = files(DcapForge.sgx());
      Run run =
          phalanx(files.get(0), files.get(1), files.get(2), files.get(3), "--at", NOW, "--json");
      assertThat(run.exit).isEqualTo(1);
      assertThat(run.json().get("reason").asString()).isEqualTo("SIGNING_CHAIN_IS_INVALID");
    }
  }

  @Nested
  class EndsWith2 {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "--at 1",
          "--quote q --at 1",
          "--collateral c --at 1",
          "--quote q --collateral c",
          "--quote q --collateral c --ias i --at 1",
          "--ias i --allow-service-td --at 1",
          "--ias i",
          "--ias none --at 1",
          "--quote none --collateral none --at 1",
          "--ias i --at now",
          "--ias i --at 1.5",
          "--ias i --at 1 --unknown"
        })
    void whenItIsNotUnderstood(String arguments) {
      Run run = phalanx(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
      assertThat(run.exit).isEqualTo(2);
      assertThat(run.out).isEmpty();
      assertThat(run.err).isNotEmpty().doesNotContain("Exception");
    }

    @Test
    void whenAKeyOrATimeIsNone() throws IOException {
      List<String> files = files(DcapForge.sgx());
      assertThat(attest(files, "--at", NOW, "--miner-key", "abc").exit).isEqualTo(2);
      assertThat(attest(files, "--at", "-1").exit).isEqualTo(2);
      assertThat(attest(files, "--at", "999999999999999").exit).isEqualTo(2);
    }

    @Test
    void whenAFileIsAFolder() {
      assertThat(phalanx("--ias", folder.toString(), "--at", "1").exit).isEqualTo(2);
    }
  }

  @Test
  void judgesARealMachineAtItsTime() {
    Path data = SharedData.find("attestation").orElse(Path.of("none"));
    assumeTrue(Files.isDirectory(data), "the shared data is not there");
    String quote = data.resolve("quotes/tdx_phala_2025.bin").toString();
    String collateral = data.resolve("collateral/tdx_B0C06F000000_2025-06.json").toString();
    Run run = phalanx("--quote", quote, "--collateral", collateral, "--at", "1751624191", "--json");
    assertThat(run.exit).isZero();
    assertThat(run.json().get("tier").asInt()).isEqualTo(1);
    assertThat(run.json().get("fmspc").asString()).isEqualTo("B0C06F000000");
    String report = data.resolve("ias/phala_2021-09-12_sw_hardening.json").toString();
    Run ias = phalanx("--ias", report, "--at", "1631469980", "--json");
    assertThat(ias.json().get("tier").asInt()).isEqualTo(2);
  }
}
