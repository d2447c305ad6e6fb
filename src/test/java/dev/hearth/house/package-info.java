/// Tests of the house itself: which package may see which, and how large things may grow.
package dev.hearth.house;
