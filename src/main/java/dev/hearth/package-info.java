/// The composition root: [Main] is the program, and builds everything in order, by constructors.
package dev.hearth;
