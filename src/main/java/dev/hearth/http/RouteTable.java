package dev.hearth.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// The table of endpoints while it is being filled. Declaring the same method and template twice is
/// refused when the server starts.
public final class RouteTable implements Routes {

    /// What a request's body may have unless its endpoint says otherwise.
    private static final int USUAL_BODY_LIMIT = 1 << 20;

    private final List<Route> routes = new ArrayList<>();

    @Override
    public Section<OpenRequest> open() {
        return new Rows<>(
                (handler, _) -> new Endpoint.Open(handler),
                Admission.USERS,
                Optional.empty(),
                USUAL_BODY_LIMIT);
    }

    @Override
    public Section<ClientRequest> client() {
        return new Rows<>(
                Endpoint.Client::new, Admission.USERS, Optional.empty(), USUAL_BODY_LIMIT);
    }

    @Override
    public Section<ClientRequest> guest() {
        return new Rows<>(
                Endpoint.Client::new, Admission.GUESTS, Optional.empty(), USUAL_BODY_LIMIT);
    }

    List<Route> routes() {
        return List.copyOf(routes);
    }

    /// The table as lines, for the test that holds it against the specification: method, template,
    /// access (`open`, `guest` or `client`), and `limited` or `-`, with a space between.
    public List<String> describe() {
        return routes.stream().map(RouteTable::describe).toList();
    }

    private static String describe(Route route) {
        var access =
                switch (route.endpoint()) {
                    case Endpoint.Open _ -> "open";
                    case Endpoint.Client(_, var admission) ->
                            admission.guests() ? "guest" : "client";
                };
        var limited = route.limit().isPresent() ? "limited" : "-";
        return String.join(" ", route.method(), route.template(), access, limited);
    }

    private final class Rows<R extends Request> implements Section<R> {

        private final BiFunction<Handler<R>, Admission, Endpoint> access;
        private final Admission admission;
        private final Optional<Limit> limit;
        private final int bodyLimit;

        private Rows(
                BiFunction<Handler<R>, Admission, Endpoint> access,
                Admission admission,
                Optional<Limit> limit,
                int bodyLimit) {
            this.access = access;
            this.admission = admission;
            this.limit = limit;
            this.bodyLimit = bodyLimit;
        }

        private Section<R> row(String method, String template, Handler<R> handler) {
            var endpoint = access.apply(handler, admission);
            routes.add(new Route(method, template, endpoint, limit, bodyLimit));
            return this;
        }

        @Override
        public Section<R> get(String template, Handler<R> handler) {
            return row("GET", template, handler);
        }

        @Override
        public Section<R> post(String template, Handler<R> handler) {
            return row("POST", template, handler);
        }

        @Override
        public Section<R> put(String template, Handler<R> handler) {
            return row("PUT", template, handler);
        }

        @Override
        public Section<R> delete(String template, Handler<R> handler) {
            return row("DELETE", template, handler);
        }

        @Override
        public Section<R> limited(Limit other) {
            return new Rows<>(access, admission, Optional.of(other), bodyLimit);
        }

        @Override
        public Section<R> unlessSuspended() {
            return new Rows<>(access, admission.unlessSuspended(), limit, bodyLimit);
        }

        @Override
        public Section<R> evenIfLocked() {
            return new Rows<>(access, admission.evenIfLocked(), limit, bodyLimit);
        }

        @Override
        public Section<R> bodiesUpTo(int bytes) {
            return new Rows<>(access, admission, limit, bytes);
        }
    }
}
