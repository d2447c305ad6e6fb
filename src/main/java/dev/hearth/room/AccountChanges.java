package dev.hearth.room;

import dev.hearth.authorization.Membership;
import dev.hearth.error.MatrixException;
import dev.hearth.event.EventType;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.UserId;
import dev.hearth.json.JsonObject;
import dev.hearth.storage.Reading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What follows in rooms from what happens to an account: a new name is told in all of the user's
/// rooms, and who is no more leaves them. A room that refuses keeps the others from nothing.
public final class AccountChanges {

    private static final System.Logger LOG = System.getLogger(AccountChanges.class.getName());
    private static final Set<Membership> JOINED = Set.of(Membership.JOIN);
    private static final Set<Membership> CONCERNED =
            Set.of(Membership.JOIN, Membership.INVITE, Membership.KNOCK);

    private final Rooms rooms;

    AccountChanges(Rooms rooms) {
        this.rooms = rooms;
    }

    /// The user has another name or picture.
    ///
    /// @spec
    ///   https://spec.matrix.org/v1.19/client-server-api/#events-on-change-of-profile-information
    ///   Events on change of profile information
    public void profileChanged(UserId user) {
        inEach(user, JOINED, membership -> tellProfile(user, membership));
    }

    private void tellProfile(UserId user, RoomMembership membership) {
        rooms.decide(
                membership.roomId(),
                (reading, room) -> {
                    var content = WrittenMember.of(rooms.profile(), reading, Membership.JOIN, user);
                    // It may have changed since the list was read.
                    boolean isNews =
                            room.membership(reading, user) == Membership.JOIN
                                    && !isToldAlready(reading, room, user, content);
                    return isNews
                            ? Optional.of(Draft.member(user, user, content))
                            : Optional.empty();
                });
    }

    /// A change that is asked for again, since its answer was lost, is told where it wasn't yet.
    private static boolean isToldAlready(
            Reading reading, LiveRoom room, UserId user, JsonObject content) {
        return room.find(reading, new StateTuple(EventType.MEMBER, user.value()))
                .filter(event -> event.content().equals(content))
                .isPresent();
    }

    /// The user leaves all rooms and declines all invites.
    public void leaveAll(UserId user) {
        var content = JsonObject.of("membership", "leave");
        inEach(
                user,
                CONCERNED,
                membership -> rooms.send(membership.roomId(), Draft.member(user, user, content)));
    }

    private void inEach(UserId user, Set<Membership> wanted, Consumer<RoomMembership> work) {
        List<RoomMembership> memberships =
                rooms.database().read(reading -> rooms.memberships(reading, user));
        for (var membership : memberships) {
            if (wanted.contains(membership.membership())) {
                try {
                    work.accept(membership);
                } catch (MatrixException e) {
                    LOG.log(
                            System.Logger.Level.INFO,
                            "{0} refuses a change of {1}: {2}",
                            membership.roomId(),
                            user,
                            e.getMessage());
                }
            }
        }
    }
}
