package dev.hearth.configuration;

import java.util.Optional;

/// `registration`: who may make accounts.
///
/// @param enabled whether anybody may; else a registration token is needed
/// @param sharedSecret with which scripts make accounts, administrators too, without either
public record Registration(boolean enabled, Optional<Secret> sharedSecret) {}
