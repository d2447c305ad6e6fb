/// A disk that loses power, for tests, and tests of the real one.
package dev.hearth.storage.disk;
