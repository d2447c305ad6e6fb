/// What calls need of this server: where the relay is that lets two devices behind routers talk,
/// and the right to use it. The relay itself is another program. Start at [TurnServer].
package dev.hearth.voip;
