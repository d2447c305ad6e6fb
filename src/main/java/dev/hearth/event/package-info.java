/// Events: their federation form as an immutable value, their hashes, IDs and signatures, their
/// redaction, and typed views of the content that the rules read.
///
/// An event is never rebuilt from columns: what was signed is kept as it came. Start at [Pdu].
package dev.hearth.event;
