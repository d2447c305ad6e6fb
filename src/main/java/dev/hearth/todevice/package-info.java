/// Messages from device to device: the inbox of each local device, filled by `sendToDevice` and
/// emptied by the next sync that shows that they came through.
///
/// A message is stored in the same transaction that remembers its request, so that a repeated
/// request sends nothing twice, also after a crash. Start at [ToDevice].
package dev.hearth.todevice;
