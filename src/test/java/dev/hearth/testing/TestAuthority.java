package dev.hearth.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/// An authority of a test's own, that signs certificates for the servers of the test.
public final class TestAuthority {

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final AlgorithmIdentifier ECDSA_WITH_SHA256 =
            new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.10045.4.3.2"));

    private final KeyPair keys = keys("EC");
    private final X509Certificate certificate = sign(keys, "CN=Authority", Optional.empty());

    /// A certificate and its key.
    public record Identity(X509Certificate certificate, KeyPair keys) {

        public String certificatePem() {
            return pem("CERTIFICATE", encoded(certificate));
        }

        /// The key as PKCS#8.
        public String keyPem() {
            return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
        }

        /// How a server with this identity speaks TLS.
        public SSLContext context() {
            try {
                var store = KeyStore.getInstance(KeyStore.getDefaultType());
                store.load(null, null);
                store.setKeyEntry(
                        "it", keys.getPrivate(), new char[0], new Certificate[] {certificate});
                var managers =
                        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                managers.init(store, new char[0]);
                var context = SSLContext.getInstance("TLS");
                context.init(managers.getKeyManagers(), null, null);
                return context;
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public static String pem(String label, byte[] der) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys(String algorithm) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /// Writes the authority's certificate into a file.
    public Path file(Path folder) {
        try {
            return Files.writeString(
                    folder.resolve("ca.pem"), pem("CERTIFICATE", encoded(certificate)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A certificate for a DNS name, with an EC key.
    public Identity issue(String name) {
        return issue("EC", new GeneralName(GeneralName.dNSName, name));
    }

    /// A certificate for a DNS name with a key of another kind: `RSA`.
    public Identity issue(String algorithm, String name) {
        return issue(algorithm, new GeneralName(GeneralName.dNSName, name));
    }

    /// A certificate for a bare address.
    public Identity issueForAddress(String address) {
        return issue("EC", new GeneralName(GeneralName.iPAddress, address));
    }

    private Identity issue(String algorithm, GeneralName name) {
        var own = keys(algorithm);
        return new Identity(sign(own, "CN=Server", Optional.of(name)), own);
    }

    /// @param name of a server, or nothing for an authority
    private X509Certificate sign(KeyPair subject, String called, Optional<GeneralName> name) {
        try {
            var tbs = certificate(subject, called, name);
            var signature = Signature.getInstance(SIGNATURE);
            signature.initSign(keys.getPrivate());
            signature.update(tbs.getEncoded(ASN1Encoding.DER));
            var parts =
                    new ASN1Encodable[] {
                        tbs, ECDSA_WITH_SHA256, new DERBitString(signature.sign())
                    };
            var der = new DERSequence(parts).getEncoded(ASN1Encoding.DER);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TBSCertificate certificate(
            KeyPair subject, String called, Optional<GeneralName> name) throws IOException {
        var generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(System.nanoTime()));
        generator.setIssuer(new X500Name("CN=Authority"));
        generator.setSubject(new X500Name(called));
        var today = Instant.ofEpochSecond(System.currentTimeMillis() / 1000);
        generator.setStartDate(new Time(Date.from(today.minus(1, ChronoUnit.HOURS))));
        generator.setEndDate(new Time(Date.from(today.plus(30, ChronoUnit.DAYS))));
        generator.setSignature(ECDSA_WITH_SHA256);
        generator.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(subject.getPublic().getEncoded()));
        var extensions = new ExtensionsGenerator();
        extensions.addExtension(
                Extension.basicConstraints, true, new BasicConstraints(name.isEmpty()));
        if (name.isPresent()) {
            extensions.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(name.get()));
        }
        generator.setExtensions(extensions.generate());
        return generator.generateTBSCertificate();
    }

    /// How a client that trusts nobody but this authority speaks TLS.
    public SSLContext clientContext() {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("it", certificate);
            var managers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
