package io.phalanx.cluster;

/**
 * A value as it was written somewhere.
 *
 * @param setting what it is for
 * @param source how a fault names it
 * @param text trimmed by nobody
 */
record SettingValue(Setting setting, String source, String text) {}
