package dev.hearth.testing;

import dev.hearth.configuration.Configuration;
import dev.hearth.configuration.ConfigurationReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The settings of a server of the test's.
public final class TestConfiguration {

    private TestConfiguration() {}

    /// Those of `hearth.test`, with these over the usual ones, `key=value` each.
    public static Configuration of(String... settings) {
        var arguments = new ArrayList<>(List.of("--server-name", "hearth.test"));
        for (var setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        return ConfigurationReader.read(arguments, Map.of());
    }
}
