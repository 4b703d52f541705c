package io.phalanx.placement.file;

/**
 * What the offline planner prints; the components are the fields of its JSON, in their order.
 *
 * @param miners those that take part
 * @param replicas of all deployments
 * @param placedDeployments with at least their minimum of replicas
 */
public record PlanResult(
    int miners,
    int deployments,
    int replicas,
    int placedDeployments,
    int placedReplicas,
    long value,
    long valueBound,
    long fit,
    long fitBound,
    PlanMillis millis,
    long seed) {}
