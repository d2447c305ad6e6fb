package dev.hearth.configuration;

/// `server_notices`: how those who run the server speak to its users.
///
/// @param localpart of the user in whose name they do
/// @param roomName how the rooms are called
public record ServerNotices(String localpart, String roomName) {}
