package dev.hearth.authorization;

import dev.hearth.event.CreateContent;
import dev.hearth.event.EventType;
import dev.hearth.event.JoinRule;
import dev.hearth.event.Pdu;
import dev.hearth.event.PowerLevels;
import dev.hearth.event.StateTuple;
import dev.hearth.identifier.UserId;
import java.util.Optional;

/// What the rules ask of the state that an event is judged by.
public final class RoomFacts {

    private final Pdu create;
    private final AuthState state;

    public RoomFacts(Pdu create, AuthState state) {
        this.create = create;
        this.state = state;
    }

    public Pdu create() {
        return create;
    }

    public Membership membership(String user) {
        return Membership.of(state.find(new StateTuple(EventType.MEMBER, user)));
    }

    public PowerLevels powerLevels() {
        return new PowerLevels(
                powerLevelsEvent().map(Pdu::content),
                create.roomVersion(),
                new CreateContent(create).creators());
    }

    /// Whether a user is in the room and has the power to set its state of a type.
    public boolean maySet(UserId user, String type) {
        var levels = powerLevels();
        return membership(user.value()) == Membership.JOIN
                && levels.user(user) >= levels.toSend(type, true);
    }

    Optional<Pdu> powerLevelsEvent() {
        return state.find(new StateTuple(EventType.POWER_LEVELS, ""));
    }

    Optional<Pdu> find(String type, String stateKey) {
        return state.find(new StateTuple(type, stateKey));
    }

    /// Without an event, as if it said `invite`; with one that makes no sense, empty.
    public JoinRule joinRule() {
        var text =
                find(EventType.JOIN_RULES, "")
                        .map(event -> event.content().peekString("join_rule").orElse(""))
                        .orElse("invite");
        return new JoinRule(text, create.roomVersion());
    }
}
