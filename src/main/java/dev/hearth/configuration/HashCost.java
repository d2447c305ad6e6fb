package dev.hearth.configuration;

/// What hashing one password costs: Argon2id with this much memory and this many passes.
public record HashCost(int memoryKib, int passes) {

    /// For tests that make hundreds of users, and for nothing else.
    public static final HashCost MINIMUM = new HashCost(8, 1);

    /// The first recommendation of the OWASP cheat sheet that a small machine can afford.
    public static final HashCost NORMAL = new HashCost(19_456, 2);
}
