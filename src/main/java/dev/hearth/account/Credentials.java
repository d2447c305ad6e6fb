package dev.hearth.account;

import static dev.hearth.error.MatrixException.error;
import static dev.hearth.error.MatrixException.forbidden;
import static dev.hearth.error.MatrixException.invalidParam;

import dev.hearth.error.ErrorCode;
import dev.hearth.error.MatrixException;
import dev.hearth.http.Limit;
import dev.hearth.http.RateLimits;
import dev.hearth.identifier.UserId;
import dev.hearth.storage.Database;

/// Who knows whose password. What it costs to guess is the same for everybody.
final class Credentials {

    private static final int MAX_PASSWORD = 1_000;

    private final Database database;
    private final AccountStore store;
    private final Passwords passwords;
    private final RateLimits limits;

    Credentials(Database database, AccountStore store, Passwords passwords, RateLimits limits) {
        this.database = database;
        this.store = store;
        this.passwords = passwords;
        this.limits = limits;
    }

    /// A password as it may be set. How good it is, is its user's to judge.
    static String good(String password) {
        if (password.isEmpty()) {
            throw error(ErrorCode.M_WEAK_PASSWORD, "A password is not empty");
        }
        if (password.length() > MAX_PASSWORD) {
            throw invalidParam("A password has at most " + MAX_PASSWORD + " characters");
        }
        return password;
    }

    String hash(String password) {
        return passwords.hash(password);
    }

    /// The user if the password is right. A wrong one and a wrong name take as long.
    ///
    /// @throws MatrixException if it isn't
    void require(UserId user, String password) {
        // Guesses from many addresses are guesses too: each name has an allowance, whose ever it
        // is.
        limits.use(user.toString(), Limit.GUESSES);
        var account = database.read(reading -> store.find(reading, user));
        boolean right = passwords.matches(password, account.flatMap(Account::password));
        if (!right && account.filter(Account::deactivated).isEmpty()) {
            throw forbidden("Wrong user name or password");
        }
        account.ifPresent(Account::requireInUse);
    }
}
