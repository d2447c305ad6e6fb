/// What the server says to requests that are wrong in every way that a test can think of. The valid
/// requests that are spoiled are in `bad-input/requests.json`.
package dev.hearth.badinput;
