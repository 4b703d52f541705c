package io.phalanx.scheduler.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.phalanx.scheduler.state.StateImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A snapshot's bytes: the state's image as JSON, the same for the same journal on every machine.
 */
public final class ImageCodec {

  private ImageCodec() {}

  /** Writes the image; does not close the stream. */
  public static void write(StateImage image, OutputStream out) throws IOException {
    CoreJson.stored()
        .writerFor(StateImage.class)
        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .writeValue(out, image);
  }

  /** Reads an image. */
  public static StateImage read(InputStream in) throws IOException {
    return CoreJson.stored()
        .readerFor(StateImage.class)
        .without(JsonParser.Feature.AUTO_CLOSE_SOURCE)
        .readValue(in);
  }
}
