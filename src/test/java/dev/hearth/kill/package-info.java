/// The promise that an answered change survives, kept against `kill -9`: the packaged jar is killed
/// under load again and again, and after each start everything that it had answered must be there,
/// and nothing twice. Start at [dev.hearth.kill.KillTest].
package dev.hearth.kill;
