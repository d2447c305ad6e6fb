/// Tests of the journal by itself.
package dev.hearth.storage.journal;
