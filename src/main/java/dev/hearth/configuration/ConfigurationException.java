package dev.hearth.configuration;

import java.util.List;
import java.util.stream.Collectors;

/// The settings can't be used: all that is wrong with them, at once.
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ConfigurationException(List<Problem> problems) {
        super(
                problems.stream().map(Problem::toString).collect(Collectors.joining("\n")),
                null,
                false,
                false);
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
