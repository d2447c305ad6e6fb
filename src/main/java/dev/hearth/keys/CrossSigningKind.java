package dev.hearth.keys;

/// What a cross-signing key is for.
enum CrossSigningKind {
    /// Stands for the user: signs the other two.
    MASTER("master"),
    /// Signs the user's own devices.
    SELF_SIGNING("self_signing"),
    /// Signs the master keys of other users.
    USER_SIGNING("user_signing");

    private final String usage;

    CrossSigningKind(String usage) {
        this.usage = usage;
    }

    /// The word for it in `usage`.
    String usage() {
        return usage;
    }

    /// Under which name it is uploaded.
    String uploadName() {
        return usage + "_key";
    }

    /// Under which name the keys of several users are answered.
    String queryName() {
        return usage + "_keys";
    }
}
