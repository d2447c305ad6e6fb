/// Dehydrated devices: a device that a user has put to sleep with us, sealed, so that they are
/// written to while none of their devices is there. Whoever wakes it reads what it was sent.
///
/// It has keys and an inbox as every device, by which others can't tell it from one; it has no
/// session and nobody acts by it. There is one for each user. Start at [Dehydration]; it is
/// [DehydratedDevices] that tells the rest of the house of it.
package dev.hearth.keys.dehydration;
