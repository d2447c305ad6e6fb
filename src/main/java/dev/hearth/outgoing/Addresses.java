package dev.hearth.outgoing;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Finds the addresses that a request may go to: those that were set for the name, or those that
/// the machine finds, without the denied ones. The request then goes to one of exactly these: a
/// name that resolves to something else a moment later gains nothing.
final class Addresses {

    private static final int MOST = 4;

    private final Map<String, List<InetAddress>> set;
    private final NameResolution resolution;
    private final DenyList denied;

    Addresses(Map<String, List<InetAddress>> set, NameResolution resolution, DenyList denied) {
        this.set = set;
        this.resolution = resolution;
        this.denied = denied;
    }

    /// A few addresses to try, one after the other.
    ///
    /// @throws IOException in words, if there are none
    List<InetAddress> of(String host, Duration patience) throws IOException {
        var found = set.get(host.toLowerCase(Locale.ROOT));
        var all = found == null ? resolve(host, patience) : found;
        var allowed = all.stream().filter(address -> !denied.denies(address)).limit(MOST).toList();
        if (allowed.isEmpty()) {
            throw new IOException("its address is one that http_client.ip_deny forbids");
        }
        return allowed;
    }

    /// The machine's resolver has no time limit: whoever waits for it has one.
    private List<InetAddress> resolve(String host, Duration patience) throws IOException {
        var task = new FutureTask<>(() -> resolution.addresses(host));
        Thread.ofVirtual().name("resolve").start(task);
        try {
            return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("looking its name up took too long", e);
        } catch (ExecutionException e) {
            throw new IOException("its name has no address", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
