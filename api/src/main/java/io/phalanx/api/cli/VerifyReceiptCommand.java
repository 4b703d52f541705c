package io.phalanx.api.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.proof.ReceiptCheck;
import io.phalanx.scheduler.proof.ReceiptCheck.Finding;
import io.phalanx.scheduler.proof.ReceiptEvidence;
import io.phalanx.scheduler.proof.SchedulerKeys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code phalanx verify-receipt}: checks a receipt from files alone. */
@Command(
    name = "verify-receipt",
    description = {
      "Checks a receipt off line: its sums, its place in the log, the signature of the log's head,"
          + " and that the log has only grown since an earlier head.",
      "Each file holds an answer of the service as it was given."
    },
    mixinStandardHelpOptions = true)
final class VerifyReceiptCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();

  @Option(
      names = "--receipt",
      required = true,
      paramLabel = "R.json",
      description = "GET /v1/receipts/{id}")
  private @Nullable Path receipt;

  @Option(
      names = "--proof",
      required = true,
      paramLabel = "P.json",
      description = "GET /v1/receipts/{id}/proof?treeSize=N, N being the head's.")
  private @Nullable Path proof;

  @Option(
      names = "--head",
      required = true,
      paramLabel = "H.json",
      description = "GET /v1/log/head, or a settlement.")
  private @Nullable Path head;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "KEY",
      description = "GET /v1/scheduler-key, or a file with one public key in hex.")
  private @Nullable Path key;

  @ArgGroup(exclusive = false)
  private @Nullable EarlierFiles earlier;

  /** Given together or not at all. */
  static final class EarlierFiles {
    @Option(
        names = "--earlier-head",
        required = true,
        paramLabel = "H0.json",
        description = "A head, or a settlement, from before.")
    private @Nullable Path head;

    @Option(
        names = "--consistency",
        required = true,
        paramLabel = "C.json",
        description = "GET /v1/log/consistency?first=M&second=N, the sizes of both heads.")
    private @Nullable Path consistency;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    List<Finding> findings;
    try {
      findings = ReceiptCheck.of(evidence(), keys());
    } catch (BadFileException bad) {
      output.err().println("verify-receipt: " + bad.getMessage());
      return ExitCode.USAGE;
    }
    boolean passed = findings.stream().allMatch(Finding::passed);
    PrintWriter out = output.out();
    out.println(output.isJson() ? json(findings, passed) : text(findings, passed));
    out.flush();
    return passed ? ExitCode.DONE : ExitCode.FAILED;
  }

  private ReceiptEvidence evidence() {
    return new ReceiptEvidence(
        JsonFile.object(receipt), JsonFile.object(proof), JsonFile.object(head), earlierEvidence());
  }

  private ReceiptEvidence.@Nullable Earlier earlierEvidence() {
    return earlier == null
        ? null
        : new ReceiptEvidence.Earlier(
            JsonFile.object(earlier.head), JsonFile.object(earlier.consistency));
  }

  private SchedulerKeys keys() {
    return JsonFile.schedulerKeys(key);
  }

  private static String json(List<Finding> findings, boolean passed) {
    ArrayNode checks = JsonNodeFactory.instance.arrayNode();
    for (Finding finding : findings) {
      checks
          .addObject()
          .put("check", finding.check())
          .put("passed", finding.passed())
          .put("detail", finding.detail());
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("valid", passed);
    answer.set("checks", checks);
    return answer.toString();
  }

  private static String text(List<Finding> findings, boolean passed) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      String mark = finding.passed() ? "ok    " : "FAILED";
      text.append("%s  %-12s %s%n".formatted(mark, finding.check(), finding.detail()));
    }
    return text.append(passed ? "The receipt is proven." : "The receipt is NOT proven.").toString();
  }
}
