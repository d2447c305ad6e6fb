/// JSON as immutable values, read and written by jackson-core, and the canonical form that Matrix
/// signs and hashes.
///
/// Invariants: an object keeps the order of its keys and never holds one twice; no string holds a
/// lone surrogate, so every value has a UTF-8 form; integers and other numbers are different types,
/// since canonical JSON knows only the first. The reader bounds depth, size and the number of
/// values. This package depends on nothing else; start at [JsonValue].
package dev.hearth.json;
