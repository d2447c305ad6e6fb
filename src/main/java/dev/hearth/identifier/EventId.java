package dev.hearth.identifier;

import java.util.Optional;

/// An event. In room versions 1 and 2 its maker chose it; from 3 on it is the hash of the event,
/// and may hold a slash in version 3.
///
/// @spec https://spec.matrix.org/v1.19/appendices/#event-ids Event IDs
public record EventId(String value) {

    public EventId {
        Grammar.check("event ID", '$', value);
    }

    public static EventId parse(String text) {
        return new EventId(text);
    }

    public static Optional<EventId> find(String text) {
        try {
            return Optional.of(new EventId(text));
        } catch (InvalidIdentifierException _) {
            return Optional.empty();
        }
    }

    /// The server that chose this ID, if it is one of those that are chosen.
    public Optional<ServerName> server() {
        int colon = value.indexOf(':');
        var text = value.substring(colon + 1);
        return colon > 0 && ServerName.isValid(text)
                ? Optional.of(new ServerName(text))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
