/// How a caller is told no: the error codes of the specification, and one sealed exception that
/// carries them. Judgements inside the server are values, not exceptions; see [MatrixException].
package dev.hearth.error;
