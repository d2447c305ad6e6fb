package dev.hearth.http;

/// What answers one endpoint. It may throw a `MatrixException`, or a `JsonShapeException` for a
/// body of the wrong shape, or an `InvalidIdentifierException`.
@FunctionalInterface
public interface Handler<R extends Request> {

    Response handle(R request);
}
