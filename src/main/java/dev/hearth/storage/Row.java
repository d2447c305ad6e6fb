package dev.hearth.storage;

import java.util.Optional;

/// One row of a result, by the names of its columns. Valid only while it is being read. The plain
/// readers fail on NULL; where NULL means something, the `find…` readers are for it.
public interface Row {

    String string(String column);

    Optional<String> findString(String column);

    long integer(String column);

    Optional<Long> findInteger(String column);

    boolean bool(String column);

    byte[] bytes(String column);

    Optional<byte[]> findBytes(String column);
}
