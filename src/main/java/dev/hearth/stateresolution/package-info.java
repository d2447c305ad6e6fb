/// Makes one state of several, where servers saw the history of a room in different orders. Every
/// server comes to the same result, whatever it heard first.
///
/// [StateResolution] is the face; it asks an [EventSource] for the few events that it needs: those
/// in conflict and their auth chains, never the whole state. Whether the agreed part of the state
/// rests on an event, which the auth difference depends on, is found upwards by the source's index
/// of who cites whom.
///
/// @spec https://spec.matrix.org/v1.19/server-server-api/#room-state-resolution Room state
///   resolution
package dev.hearth.stateresolution;
