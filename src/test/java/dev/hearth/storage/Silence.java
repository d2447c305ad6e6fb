package dev.hearth.storage;

import dev.hearth.configuration.Log;
import dev.hearth.configuration.LogOutput;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Keeps the log off while disks fail on purpose.
final class Silence implements BeforeAllCallback, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        LogOutput.use(new Log(Level.OFF, Optional.empty()));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        LogOutput.use(new Log(Level.INFO, Optional.empty()));
    }
}
