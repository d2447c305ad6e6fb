package dev.hearth.storage;

/// A file in a [BlobStore].
///
/// @param name by which it is found again
/// @param size in bytes
public record Blob(String name, long size) {}
