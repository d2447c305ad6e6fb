package dev.hearth.outgoing;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// TLS as a client: trusts the usual authorities and those that were set besides, and holds the
/// certificate against the name that was meant, not against the address.
///
/// A maintainer's note: the JDK's `HttpClient` can't be told the name apart from the address, and
/// where it is tricked into it, it takes a certificate for the bare address as good, and skips the
/// check when a session is resumed. A socket layered over a connected one does both right.
final class Trust {

    private final List<X509Certificate> more;

    /// Reading the usual authorities takes a while, so it is done when one is first needed, once.
    private final FutureTask<SSLContext> context;

    Trust(List<X509Certificate> more) {
        this.more = List.copyOf(more);
        this.context = new FutureTask<>(this::read);
    }

    private SSLContext read() throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, more.isEmpty() ? null : managers(), null);
        return context;
    }

    private TrustManager[] managers() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (var manager : managersOf(null)) {
            if (manager instanceof X509TrustManager usual) {
                for (var authority : usual.getAcceptedIssuers()) {
                    store.setCertificateEntry("usual-" + number++, authority);
                }
            }
        }
        for (var authority : more) {
            store.setCertificateEntry("more-" + number++, authority);
        }
        return managersOf(store);
    }

    /// @param store null for the machine's own
    private static TrustManager[] managersOf(@Nullable KeyStore store)
            throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /// Speaks TLS over a connected socket.
    ///
    /// @param name what the certificate must be for
    SSLSocket shakeHands(Socket connected, String name, int port) throws IOException {
        var socket =
                (SSLSocket) context().getSocketFactory().createSocket(connected, name, port, true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private SSLContext context() throws IOException {
        context.run();
        try {
            return context.get();
        } catch (ExecutionException e) {
            throw new IOException("the trusted authorities can't be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
