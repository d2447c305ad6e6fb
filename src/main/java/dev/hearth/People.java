package dev.hearth;

import dev.hearth.account.Accounts;
import dev.hearth.concurrent.Repeating;
import dev.hearth.configuration.Configuration;
import dev.hearth.http.Routes;
import dev.hearth.identifier.UserId;
import dev.hearth.keys.dehydration.Dehydration;
import dev.hearth.presence.Presence;
import dev.hearth.profile.Profiles;
import dev.hearth.search.Search;
import dev.hearth.search.UserDirectory;
import dev.hearth.storage.Database;
import dev.hearth.storage.Transaction;
import dev.hearth.sync.Sync;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The parts that are about people: who is there, who and what can be found, and whose device
/// sleeps.
final class People {

    private final Presence presence;
    private final UserDirectory directory;
    private final Optional<Search> search;
    private final Dehydration dehydration;

    People(
            Configuration configuration,
            Database database,
            Accounts accounts,
            Profiles profiles,
            Sync.Features features) {
        var rooms = features.rooms();
        this.presence = features.presence();
        this.directory =
                new UserDirectory(
                        database,
                        rooms,
                        profiles::inRooms,
                        configuration.userDirectory().allUsers());
        this.search =
                configuration.search().enabled()
                        ? Optional.of(
                                new Search(database, rooms, features.accountData()::ignoredUsers))
                        : Optional.empty();
        this.dehydration =
                new Dehydration(
                        database,
                        Ties.awakeDevices(accounts),
                        features.keys(),
                        features.toDevice());
        accounts.onAccountChange(listener());
        profiles.onChanging(directory::changed);
        profiles.onChange(presence::profileChanged);
        features.typing().onTyping(presence::moved);
        features.receipts().onReading(presence::moved);
    }

    private Accounts.AccountListener listener() {
        return new Accounts.AccountListener() {
            @Override
            public void created(Transaction tx, UserId user, String displayName) {
                directory.changed(tx, user);
            }

            @Override
            public void deactivated(Transaction tx, UserId user) {
                directory.removed(tx, user);
                dehydration.accountRemoved(tx, user);
                presence.accountRemoved(tx, user);
            }

            @Override
            public void departed(UserId user) {}
        };
    }

    void declare(Routes routes) {
        presence.declare(routes);
        directory.declare(routes);
        search.ifPresent(found -> found.declare(routes));
        dehydration.declare(routes);
    }

    /// What is done again and again.
    List<Repeating> background() {
        var second = Duration.ofSeconds(1);
        var watching = Repeating.every(second, "presence", presence::refresh);
        return search.map(found ->
                        List.of(watching, Repeating.every(second, "search index", found::index)))
                .orElse(List.of(watching));
    }
}
