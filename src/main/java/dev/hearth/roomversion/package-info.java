/// What differs between the versions of rooms, as data. Versions have no order: code asks a
/// version's rules whether it has a [Tweak], and never whether it is later than another.
///
/// @spec https://spec.matrix.org/v1.19/rooms/ Room versions
package dev.hearth.roomversion;
