package io.phalanx.scheduler.event;

/**
 * Something that happened. Events are all the journal holds; the state is what they add up to. Each
 * record has a name and a version on disk ({@link EventCatalog}) that never change.
 */
public sealed interface Event
    permits AccessEvent,
        AccountEvent,
        AssignmentEvent,
        DeploymentEvent,
        MinerEvent,
        SettlementEvent,
        SystemEvent,
        TrustEvent {

  /** Hands the event to the method that is for its type. */
  void accept(EventHandler handler, Moment moment);
}
