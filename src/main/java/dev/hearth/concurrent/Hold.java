package dev.hearth.concurrent;

/// Something taken that must be given back: the resource of a `try`. Giving it back again does
/// nothing.
public final class Hold implements AutoCloseable {

    private final Runnable giveBack;
    private boolean given;

    Hold(Runnable giveBack) {
        this.giveBack = giveBack;
    }

    /// A hold on nothing, for where there was nothing to take.
    public static Hold nothing() {
        return new Hold(() -> {});
    }

    @Override
    public void close() {
        if (!given) {
            given = true;
            giveBack.run();
        }
    }
}
