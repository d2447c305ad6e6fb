package dev.hearth.stateresolution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearth.roomversion.RoomVersion;
import dev.hearth.testing.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random rooms, resolved as the reference resolves them, whatever the order of the sides.
class RandomRoomsTest {

    private static final int ROOMS = 60;
    private static final int EVENTS = 45;
    private static final int CONFLICTS_PER_ROOM = 8;

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void randomRoomsResolveLikeTheReference(RoomVersion version) {
        Samples.check(
                ROOMS,
                random -> {
                    var grown = RandomRoom.grow(random, version, EVENTS);
                    for (int i = 0; i < CONFLICTS_PER_ROOM; i++) {
                        var sides = grown.sides();
                        var expected = NaiveResolution.resolve(grown.room(), sides);
                        assertEquals(expected, grown.room().resolve(sides));
                        var shuffled = new ArrayList<>(sides);
                        shuffled.addAll(sides.subList(0, random.nextInt(sides.size())));
                        Collections.shuffle(shuffled, new Random(random.nextLong()));
                        assertEquals(expected, grown.room().resolve(shuffled));
                    }
                });
    }
}
