package dev.hearth.roomversion;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The rules of a room version: its formats, its algorithm, and which tweaks it has.
public record RoomRules(
        EventIdFormat eventIdFormat, StateResolutionAlgorithm stateResolution, Set<Tweak> tweaks) {

    public RoomRules {
        tweaks = Set.copyOf(tweaks);
    }

    public boolean has(Tweak tweak) {
        return tweaks.contains(tweak);
    }

    RoomRules with(Tweak... more) {
        var all = EnumSet.copyOf(tweaks);
        all.addAll(List.of(more));
        return new RoomRules(eventIdFormat, stateResolution, all);
    }

    RoomRules without(Tweak... fewer) {
        var all = EnumSet.copyOf(tweaks);
        all.removeAll(List.of(fewer));
        return new RoomRules(eventIdFormat, stateResolution, all);
    }

    RoomRules with(EventIdFormat format) {
        return new RoomRules(format, stateResolution, tweaks);
    }

    RoomRules with(StateResolutionAlgorithm algorithm) {
        return new RoomRules(eventIdFormat, algorithm, tweaks);
    }
}
