package dev.hearth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hearth.concurrent.NewsBoard;
import dev.hearth.identifier.UserId;
import dev.hearth.outgoing.Outgoing;
import dev.hearth.storage.H2Database;
import dev.hearth.storage.Transaction;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What follows from a deactivation is finished, whatever comes between (ACC-10).
class DepartureTest {

    private static final UserId ALICE = UserId.parse("@alice:hearth.test");

    private final H2Database database = H2Database.inMemory();
    private final List<String> heard = new ArrayList<>();
    private boolean broken;

    @AfterEach
    void close() {
        database.close();
    }

    private Accounts accounts() {
        var configuration = TestConfiguration.of("password.hash_cost=minimum");
        var accounts =
                new Accounts(
                        database,
                        configuration,
                        new NewsBoard<>(),
                        new Outgoing(configuration, database::settle),
                        new TestClock(),
                        RandomGenerator.getDefault());
        accounts.onAccountChange(new Listening());
        return accounts;
    }

    private final class Listening implements Accounts.AccountListener {
        @Override
        public void created(Transaction tx, UserId user, String displayName) {
            heard.add("created " + displayName);
        }

        @Override
        public void deactivated(Transaction tx, UserId user) {
            heard.add("deactivated");
        }

        @Override
        public void departed(UserId user) {
            if (broken) {
                throw new IllegalStateException("the lights went out");
            }
            heard.add("departed");
        }
    }

    @Test
    void aDepartureThatWasCutOffIsFinishedAfterTheRestart() {
        var accounts = accounts();
        database.change(
                tx -> accounts.create(tx, Account.of(ALICE, "hash", false), Optional.empty()));
        broken = true;
        assertThrows(IllegalStateException.class, () -> accounts.deactivate(ALICE, false));
        broken = false;
        accounts().finishDepartures();
        accounts().finishDepartures();
        assertEquals(List.of("created alice", "deactivated", "departed"), heard);
    }
}
