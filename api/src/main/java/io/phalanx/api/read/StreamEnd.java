package io.phalanx.api.read;

/** Why a stream ended by itself. Nothing is lost: it can be resumed behind its last item. */
public enum StreamEnd {
  /** More was waiting than is kept for one stream. */
  TOO_SLOW,
  /** Too many streams want to resume from long ago; later. */
  TOO_BUSY,
  /** What it needs could not be read. */
  FAILED,
  /** The node is stopping. */
  STOPPED
}
