/// What calls need of this server: where the relay is that lets two devices behind routers talk and
/// the right to use it ([TurnServer]), and which servers carry calls of many ([CallTransports]).
/// All of these are other programs.
package dev.hearth.voip;
