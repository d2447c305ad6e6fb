package dev.hearth;

import dev.hearth.account.Accounts;
import dev.hearth.configuration.Configuration;
import dev.hearth.http.Routes;
import dev.hearth.notice.Notices;
import dev.hearth.report.Reports;
import dev.hearth.storage.Database;
import dev.hearth.sync.Sync;
import dev.hearth.voip.TurnServer;
import java.time.Clock;

/// The small parts by which those who run the server and its users reach each other, and others.
final class Offers {

    private final Reports reports;
    private final Notices notices;
    private final TurnServer turnServer;

    Offers(
            Configuration configuration,
            Database database,
            Accounts accounts,
            Sync.Features features,
            Clock clock) {
        var rooms = features.rooms();
        this.reports = new Reports(database, rooms, accounts::exists, clock);
        this.notices =
                new Notices(
                        database,
                        accounts,
                        features.accountData(),
                        rooms,
                        configuration.serverNotices());
        this.turnServer = new TurnServer(configuration.turn(), clock);
    }

    void declare(Routes routes) {
        reports.declare(routes);
        notices.declare(routes);
        turnServer.declare(routes);
        new ThirdPartyNetworks().declare(routes);
    }
}
