package io.phalanx.loadtests.scale;

/**
 * What one operation costs: processor time is what can be compared on a machine that the load, the
 * nodes and the database share.
 *
 * @param perSecond answers of 2xx, the middle window's
 * @param p50Ms of all windows
 * @param p99Ms of all windows
 * @param leader microseconds of the node that leads
 * @param asked microseconds of all others that were asked, together
 * @param other microseconds of each node that was not asked and does not lead
 * @param database microseconds of the database
 */
record Cost(
    double perSecond,
    double p50Ms,
    double p99Ms,
    double leader,
    double asked,
    double other,
    double database) {

  /**
   * What all processes together use for one operation, microseconds.
   *
   * @param others how many nodes were not asked and do not lead
   */
  double total(int others) {
    return leader + asked + others * other + database;
  }
}
