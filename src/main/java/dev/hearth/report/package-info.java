/// What users report to those who run the server: events, rooms and other users. A report is
/// written down and changes nothing else; whoever runs the server reads it. Start at [Reports].
package dev.hearth.report;
