package dev.hearth.configuration;

import java.util.Optional;

/// `registration`: who may make accounts.
///
/// @param enabled whether anybody may; else a registration token is needed
/// @param guests whether guests may look in: `guest_access`
/// @param sharedSecret with which scripts make accounts, administrators too, without either
public record Registration(boolean enabled, boolean guests, Optional<Secret> sharedSecret) {}
