package dev.hearth.stateresolution;

import dev.hearth.event.Pdu;
import dev.hearth.identifier.EventId;
import java.util.Collection;
import java.util.Map;

/// Where state resolution gets the events of one room from. One resolution asks for each event at
/// most once, and for none that is neither in conflict nor in the auth chain of one that is, so
/// what it costs doesn't grow with the state.
public interface EventSource {

    /// Those of the events that we have. All grounds of what is had should be had, too.
    Map<EventId, Pdu> load(Collection<EventId> ids);

    /// Whether an event was rejected on receipt. Such a one is no ground for another.
    boolean isRejected(EventId id);

    /// The state events of the room that name an event among their auth events: an index of
    /// [Pdu#authEvents] from the other end, outliers included and messages left out.
    ///
    /// Everything in a room rests on its create event, so this may be long, and is seldom read
    /// beyond its beginning. It should be read from the store page by page as it is iterated, the
    /// newest first, since they are the likeliest to be still in force.
    Iterable<EventId> citing(EventId ground);
}
