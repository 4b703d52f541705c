package io.phalanx.attestation.dcap;

import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.json.JsonFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One level of a single piece of software, the quoting enclave or the TDX module.
 *
 * @param securityVersion that it needs at least
 * @param rating Intel's judgement
 */
record SvnLevel(int securityVersion, Rating rating) {
  private static final int MAX_LEVELS = 128;
  private static final int MAX_SVN = 65_535;

  /** Reads {@code tcbLevels} and puts the best first. */
  static List<SvnLevel> readAll(JsonFields owner) throws RejectedException {
    List<SvnLevel> levels = new ArrayList<>();
    for (JsonFields level : owner.objects("tcbLevels", MAX_LEVELS)) {
      int svn = level.object("tcb").integer("isvsvn", MAX_SVN);
      levels.add(new SvnLevel(svn, Rating.read(level)));
    }
    levels.sort(Comparator.comparingInt(SvnLevel::securityVersion).reversed());
    return List.copyOf(levels);
  }

  /** The judgement of the best level that a version reaches. */
  static Optional<Rating> best(List<SvnLevel> levels, int securityVersion) {
    return levels.stream()
        .filter(level -> securityVersion >= level.securityVersion())
        .map(SvnLevel::rating)
        .findFirst();
  }
}
