/// The language that tests speak: a homeserver on a real port ([TestHomeserver]), users of it
/// ([TestUser]), and waiting on conditions.
package dev.hearth.testing;
