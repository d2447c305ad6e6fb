package dev.hearth.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.identifier.DeviceId;
import dev.hearth.identifier.UserId;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// What is remembered of users, which must not grow by those of whom there is nothing to tell.
class PresentUsersTest {

    private static final UserId ALICE = UserId.parse("@alice:hearth.test");
    private static final DeviceId PHONE = DeviceId.parse("PHONE");

    private final PresentUsers users = new PresentUsers(0);

    private Optional<PresentUsers.Change> change(UnaryOperator<UserPresence> step) {
        return users.change(ALICE, Optional::empty, before -> step.apply(before).seen(1_000));
    }

    @Test
    void whoSaysThatTheyAreNotThereIsNotRemembered() {
        assertTrue(change(before -> before.said(PHONE, PresenceState.OFFLINE, 1_000)).isEmpty());
        assertEquals(Optional.empty(), users.find(ALICE));
    }

    @Test
    void aChangeOfWhomIsForgottenByThenIsNotRemembered() {
        assertTrue(change(before -> before.said(PHONE, PresenceState.ONLINE, 1_000)).isPresent());
        users.place(ALICE, 5);
        assertEquals(Optional.of(Set.of(ALICE)), users.changedBetween(0, 9));
        users.forget(ALICE);
        users.place(ALICE, 7);
        assertEquals(Optional.of(Set.of()), users.changedBetween(0, 9));
    }
}
