package dev.hearth.presence;

import java.util.Arrays;
import java.util.Optional;

/// How much somebody is there, the most first.
public enum PresenceState {
    ONLINE("online"),
    /// There, but idle.
    UNAVAILABLE("unavailable"),
    OFFLINE("offline");

    private final String wireName;

    PresenceState(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<PresenceState> find(String name) {
        return Arrays.stream(values()).filter(state -> state.wireName.equals(name)).findFirst();
    }
}
