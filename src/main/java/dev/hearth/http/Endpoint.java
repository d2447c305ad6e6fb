package dev.hearth.http;

/// Who may call, and what then answers.
sealed interface Endpoint {

    record Open(Handler<OpenRequest> handler) implements Endpoint {}

    record Client(Handler<ClientRequest> handler, Admission admission) implements Endpoint {}
}
