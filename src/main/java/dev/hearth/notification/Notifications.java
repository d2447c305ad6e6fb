package dev.hearth.notification;

import dev.hearth.http.Routes;

/// What an event is to those who read it: so far, the default push rules.
public final class Notifications {

    public void declare(Routes routes) {
        new PushRuleEndpoints().declare(routes);
    }
}
