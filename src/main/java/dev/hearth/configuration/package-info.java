/// What the operator may set: one tree of records, read at start from defaults, a file, the
/// environment and the command line, in rising strength. Features take their own sub-record and
/// know nothing of where it came from.
///
/// A wrong setting never starts a server: all problems are listed together, each with its key, the
/// value found and what would be right. Start at [Configuration].
package dev.hearth.configuration;
