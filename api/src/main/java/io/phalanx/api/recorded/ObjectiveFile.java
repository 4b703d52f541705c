package io.phalanx.api.recorded;

import io.phalanx.placement.Objective;
import io.phalanx.placement.Preference;
import io.phalanx.placement.Weights;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Weights by preference, and constants of the score, in JSON. */
record ObjectiveFile(
    SortedMap<String, Weights> weights,
    int bidCap,
    long maxWaitSeconds,
    long secondsPerReferencePrice,
    int performancePerSpeedPoint,
    int securityPerTier,
    int wastePerTier,
    int performancePerWastePoint,
    int maxPerformanceWaste,
    int secondsPerRestPoint,
    int dispersionFloor) {

  static ObjectiveFile of(Objective objective) {
    SortedMap<String, Weights> weights = new TreeMap<>();
    objective
        .weights()
        .forEach((preference, own) -> weights.put(preference.name().toLowerCase(Locale.ROOT), own));
    return new ObjectiveFile(
        weights,
        objective.bidCap(),
        objective.maxWaitSeconds(),
        objective.secondsPerReferencePrice(),
        objective.performancePerSpeedPoint(),
        objective.securityPerTier(),
        objective.wastePerTier(),
        objective.performancePerWastePoint(),
        objective.maxPerformanceWaste(),
        objective.secondsPerRestPoint(),
        objective.dispersionFloor());
  }

  Objective objective() {
    Map<Preference, Weights> byPreference = new EnumMap<>(Preference.class);
    weights.forEach(
        (name, own) -> byPreference.put(Preference.valueOf(name.toUpperCase(Locale.ROOT)), own));
    return new Objective(
        byPreference,
        bidCap,
        maxWaitSeconds,
        secondsPerReferencePrice,
        performancePerSpeedPoint,
        securityPerTier,
        wastePerTier,
        performancePerWastePoint,
        maxPerformanceWaste,
        secondsPerRestPoint,
        dispersionFloor);
  }
}
