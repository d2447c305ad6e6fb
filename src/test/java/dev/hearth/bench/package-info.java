/// A load generator that speaks the client-server API alone, so that the same run can be pointed at
/// any homeserver: `scripts/bench`. What it prints are the figures that the README quotes; it is no
/// test and asserts nothing. Start at [dev.hearth.bench.Bench].
package dev.hearth.bench;
