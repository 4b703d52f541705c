package io.phalanx.api.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Position;
import io.phalanx.scheduler.codec.CoreJson;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Views of the core as bodies of answers. */
final class Show {
  private Show() {}

  /**
   * A page of a list.
   *
   * @param items in the order asked for
   * @param next the cursor of the next page, if there is one
   */
  record Page(List<?> items, @Nullable String next) {}

  static byte[] bytes(Object view) {
    try {
      return CoreJson.shown().writeValueAsBytes(view);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a view cannot be written", e);
    }
  }

  static Answer.Whole ok(Object view, Position at) {
    return Answer.json(200, bytes(view), Map.of(), at);
  }
}
