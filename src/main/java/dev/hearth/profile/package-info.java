/// How users show themselves: display name, avatar, time zone, and fields of any other name.
///
/// Fields are stored one by one, in canonical form, and together stay under 64 KiB. Only the user
/// changes them. A new name or avatar is told in rooms by whoever listens: rooms lie above this
/// package. Start at [Profiles].
package dev.hearth.profile;
