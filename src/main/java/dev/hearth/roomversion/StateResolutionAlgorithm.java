package dev.hearth.roomversion;

/// The algorithm by which a room's diverging states become one.
public enum StateResolutionAlgorithm {
    V1,
    V2,
    V2_1
}
