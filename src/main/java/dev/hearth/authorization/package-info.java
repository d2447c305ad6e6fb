/// Whether an event is allowed: the authorization rules of every room version, one file per group
/// of rules, and which events an event must name as its grounds.
///
/// A refusal is a value with its reason, never an exception. Start at [Authorization].
///
/// @spec https://spec.matrix.org/v1.19/server-server-api/#authorisation-rules Authorization rules
package dev.hearth.authorization;
