package dev.hearth.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The table of endpoints while it is being filled. Declaring the same method and template twice is
/// refused when the server starts.
public final class RouteTable implements Routes {

    /// What a request's body may have unless its endpoint says otherwise.
    private static final int USUAL_BODY_LIMIT = 1 << 20;

    private final List<Route> routes = new ArrayList<>();

    @Override
    public Section<OpenRequest> open() {
        return new Rows<>(Endpoint.Open::new, Optional.empty(), USUAL_BODY_LIMIT);
    }

    @Override
    public Section<ClientRequest> client() {
        return new Rows<>(
                handler -> new Endpoint.Client(handler, false), Optional.empty(), USUAL_BODY_LIMIT);
    }

    @Override
    public Section<ClientRequest> guest() {
        return new Rows<>(
                handler -> new Endpoint.Client(handler, true), Optional.empty(), USUAL_BODY_LIMIT);
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
                    case Endpoint.Client(_, var forGuests) -> forGuests ? "guest" : "client";
                };
        var limited = route.limit().isPresent() ? "limited" : "-";
        return String.join(" ", route.method(), route.template(), access, limited);
    }

    private final class Rows<R extends Request> implements Section<R> {

        private final Function<Handler<R>, Endpoint> access;
        private final Optional<Limit> limit;
        private final int bodyLimit;

        private Rows(Function<Handler<R>, Endpoint> access, Optional<Limit> limit, int bodyLimit) {
            this.access = access;
            this.limit = limit;
            this.bodyLimit = bodyLimit;
        }

        private Section<R> row(String method, String template, Handler<R> handler) {
            routes.add(new Route(method, template, access.apply(handler), limit, bodyLimit));
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
            return new Rows<>(access, Optional.of(other), bodyLimit);
        }

        @Override
        public Section<R> bodiesUpTo(int bytes) {
            return new Rows<>(access, limit, bytes);
        }
    }
}
