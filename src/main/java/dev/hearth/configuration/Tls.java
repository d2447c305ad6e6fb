package dev.hearth.configuration;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// `tls`: the certificate with which the server proves who it is, and its key.
///
/// @param certificateFile `cert`, as the certificate was read from it
/// @param keyFile `key`
/// @param chain the certificate, then those between it and the authority
public record Tls(Path certificateFile, Path keyFile, List<X509Certificate> chain, PrivateKey key) {

    public Tls {
        chain = List.copyOf(chain);
    }

    /// Reads both files, at start and whenever the certificate was renewed.
    ///
    /// @throws IOException in words
    /// @throws GeneralSecurityException in words
    public static Tls read(Path certificateFile, Path keyFile)
            throws IOException, GeneralSecurityException {
        var chain = PemFile.read(certificateFile).certificates();
        var key = PrivateKeys.read(PemFile.read(keyFile), chain.getFirst());
        return new Tls(certificateFile, keyFile, chain, key);
    }

    @Override
    public String toString() {
        return certificateFile.toString();
    }
}
