package dev.hearth.configuration;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;

/// `log`: how much is said, and where: to the file, or to standard error if there is none.
public record Log(Level level, Optional<Path> file) {}
