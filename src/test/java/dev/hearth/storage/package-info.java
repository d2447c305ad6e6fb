/// Tests of the database and its promise, on the real disk and on one that loses power.
package dev.hearth.storage;
