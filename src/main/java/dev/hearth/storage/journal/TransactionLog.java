package dev.hearth.storage.journal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The statements of one transaction, in their order, encoded as they come.
public final class TransactionLog {

    /// A statement, and where its encoded parameters lie.
    record Statement(String sql, int from, int to) {}

    private final List<Statement> statements = new ArrayList<>();
    private final Encoder parameters = new Encoder(512);

    /// Notes a statement that has succeeded. The values are `String`, `Long`, `Boolean`, `byte[]`
    /// or null.
    public void add(String sql, @Nullable Object[] columns) {
        int from = parameters.size();
        parameters.number(columns.length);
        for (var column : columns) {
            parameters.column(column);
        }
        statements.add(new Statement(sql, from, parameters.size()));
    }

    public boolean isEmpty() {
        return statements.isEmpty();
    }

    List<Statement> statements() {
        return statements;
    }

    void copyParameters(Statement statement, Encoder to) {
        to.bytes(parameters, statement.from(), statement.to());
    }
}
