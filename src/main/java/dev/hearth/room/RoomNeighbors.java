package dev.hearth.room;

/// Those of whom rooms ask and whom they tell what is beyond them. They see rooms, which don't see
/// them: so each is set before the first request, and until then there is none.
public final class RoomNeighbors {

    private volatile Residents residents = Residents.PLAIN;
    private volatile Publication publication = Publication.NONE;
    private volatile PlannedEvent.Planner planner = PlannedEvent.Planner.NONE;

    RoomNeighbors() {}

    /// What else is known of the users.
    public void onResidents(Residents known) {
        residents = known;
    }

    Residents residents() {
        return residents;
    }

    /// What makes a room public that is to be so from its beginning.
    public void onPublication(Publication other) {
        publication = other;
    }

    Publication publication() {
        return publication;
    }

    /// Who keeps what is to be sent at a later time.
    public void onPlan(PlannedEvent.Planner keeper) {
        planner = keeper;
    }

    PlannedEvent.Planner planner() {
        return planner;
    }
}
