package dev.hearth.http;

import dev.hearth.configuration.Tls;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// The certificate that the server shows, and its key. Certificates are renewed every few weeks, by
/// a program that writes the files anew: new connections then get the new one, without a restart.
final class Identity {

    private static final Logger LOG = System.getLogger(Identity.class.getName());

    private final Tls first;

    private volatile Current current;

    private record Current(SSLContext context, List<FileTime> written) {}

    Identity(Tls tls) {
        this.first = tls;
        this.current = new Current(context(tls), written(List.of()));
    }

    private static SSLContext context(Tls tls) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var chain = tls.chain().toArray(Certificate[]::new);
            store.setKeyEntry("this server", tls.key(), new char[0], chain);
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The certificate can't be used: " + e.getMessage(), e);
        }
    }

    /// @param before what it was when the files could last be looked at
    private List<FileTime> written(List<FileTime> before) {
        try {
            return List.of(
                    Files.getLastModifiedTime(first.certificateFile()),
                    Files.getLastModifiedTime(first.keyFile()));
        } catch (IOException _) {
            // Amid being replaced: they will be there when it is looked again.
            return before;
        }
    }

    SSLContext context() {
        return current.context();
    }

    /// Takes the certificate from its file if that was written since. One that can't be used leaves
    /// the one that is in use.
    void renew() {
        var written = written(current.written());
        if (written.equals(current.written())) {
            return;
        }
        try {
            var tls = Tls.read(first.certificateFile(), first.keyFile());
            current = new Current(context(tls), written);
            LOG.log(Level.INFO, "The certificate was renewed from " + tls);
        } catch (IOException | GeneralSecurityException | IllegalStateException e) {
            current = new Current(current.context(), written);
            LOG.log(Level.WARNING, "The certificate can't be renewed: " + e.getMessage());
        }
    }
}
