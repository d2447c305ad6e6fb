/// Matrix identifiers as types. A value of one of these types is valid by construction: whoever
/// holds a [UserId] need not look at its grammar again. All are records of their text, and their
/// string form is that text.
///
/// @spec https://spec.matrix.org/v1.19/appendices/#common-identifier-format Common identifier
///   format
package dev.hearth.identifier;
