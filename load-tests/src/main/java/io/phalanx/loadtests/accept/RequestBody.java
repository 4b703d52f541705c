package io.phalanx.loadtests.accept;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A deployment request of about 300 bytes, alike for all numbers but for its name. */
public final class RequestBody {
  private static final int DIGITS = 10;
  private static final byte[] TEMPLATE =
      """
      {"name":"load-0000000000",\
      "codeHash":"0x9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",\
      "codeUri":"ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",\
      "tiers":[1,2,3],"minPerformance":800,"replicas":1,"regions":["eu"],\
      "maxGasPrice":"1000","budget":"5000000000000","queueTimeout":"PT1H"}"""
          .getBytes(StandardCharsets.US_ASCII);
  private static final int LAST_DIGIT =
      new String(TEMPLATE, StandardCharsets.US_ASCII).indexOf("load-") + 4 + DIGITS;

  private RequestBody() {}

  /** The body of that number. */
  public static byte[] of(long number) {
    byte[] body = Arrays.copyOf(TEMPLATE, TEMPLATE.length);
    int at = LAST_DIGIT;
    for (long left = number; left > 0; left /= 10) {
      body[at--] = (byte) ('0' + left % 10);
    }
    return body;
  }

  /** Length of every body in bytes. */
  public static int length() {
    return TEMPLATE.length;
  }
}
