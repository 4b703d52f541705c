package io.phalanx.api.auth;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * Whatever a caller writes into the headers of a signature, it is read or refused in a sentence.
 */
@EnabledForJreRange(max = JRE.JAVA_21) // the fuzzer cannot instrument classes of newer ones
final class SignatureFuzzTest {
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.US_ASCII);

  /** A reader of headers. */
  private interface Reader {
    void read() throws BadSignatureException;
  }

  private static void run(Reader reader) {
    try {
      reader.read();
    } catch (BadSignatureException refused) {
      if (refused.sentence().isEmpty()) {
        throw new IllegalStateException("refused without a word", refused);
      }
    }
  }

  @FuzzTest
  void dictionary(byte[] field) {
    run(() -> FieldParser.dictionary(new String(field, StandardCharsets.ISO_8859_1)));
  }

  @FuzzTest
  void signature(FuzzedDataProvider data) {
    String input = data.consumeString(1_000);
    run(() -> SignatureInput.read(input, data.consumeRemainingAsString()));
  }

  @FuzzTest
  void digest(byte[] field) {
    run(() -> ContentDigest.check(new String(field, StandardCharsets.ISO_8859_1), BODY));
  }

  @FuzzTest
  void apiKey(byte[] text) {
    String presented = new String(text, StandardCharsets.ISO_8859_1);
    ApiKey.parse(presented)
        .filter(key -> !key.text().equals(presented))
        .ifPresent(
            key -> {
              throw new IllegalStateException("two spellings of one key");
            });
  }
}
