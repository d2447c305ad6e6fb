package dev.hearth.room;

/// The stores of this package, which belong together.
record RoomTables(
        RoomStore rooms,
        MembershipStore memberships,
        EventStore events,
        GraphStore graph,
        RoomStates states,
        RelationStore relations,
        RedactionStore redactions,
        WordStore words) {

    static RoomTables create() {
        var words = new WordStore();
        var events = new EventStore(words);
        var snapshots = new StateSnapshots(new SnapshotStore());
        return new RoomTables(
                new RoomStore(),
                new MembershipStore(words),
                events,
                new GraphStore(),
                new RoomStates(events, words, snapshots),
                new RelationStore(),
                new RedactionStore(),
                words);
    }
}
