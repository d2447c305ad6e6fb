package dev.hearth.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.testing.TestAuthority;
import dev.hearth.testing.TestConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsSettingsTest {

    private static final String SECURE = "listeners=[{\"port\":8448,\"tls\":true}]";

    @TempDir private Path folder;
    private final TestAuthority authority = new TestAuthority();

    private String problem(String... settings) {
        var found =
                assertThrows(ConfigurationException.class, () -> TestConfiguration.of(settings))
                        .problems();
        assertEquals(1, found.size(), found::toString);
        return found.getFirst().toString();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private Tls secure(String certificate, String key) throws IOException {
        var configuration =
                TestConfiguration.of(
                        SECURE,
                        "tls.cert=" + file("cert.pem", certificate),
                        "tls.key=" + file("key.pem", key));
        return configuration.listeners().getFirst().tls().orElseThrow();
    }

    /// PKCS#8 is an envelope: what is in it is the older form.
    private static byte[] unwrapped(TestAuthority.Identity identity) throws IOException {
        var pkcs8 = PrivateKeyInfo.getInstance(identity.keys().getPrivate().getEncoded());
        return pkcs8.getPrivateKey().getOctets();
    }

    @Test
    void aKeyMayStandInAnyOfItsForms() throws IOException {
        var rsa = authority.issue("RSA", "x");
        var pkcs8 = secure(rsa.certificatePem(), "for people\n" + rsa.keyPem());
        assertEquals(rsa.keys().getPrivate(), pkcs8.key());
        assertEquals(List.of(rsa.certificate()), pkcs8.chain());
        var pkcs1 = TestAuthority.pem("RSA PRIVATE KEY", unwrapped(rsa));
        assertEquals(rsa.keys().getPrivate(), secure(rsa.certificatePem(), pkcs1).key());
        var curve = authority.issue("EC", "x");
        assertEquals(
                curve.keys().getPrivate(), secure(curve.certificatePem(), curve.keyPem()).key());
    }

    /// As `openssl ecparam -genkey` writes it, the curve before the key and within it.
    @Test
    void aKeyForACurveMayStandInItsOlderForm() throws IOException {
        var curve = authority.issue("EC", "x");
        var key = (ECPrivateKey) curve.keys().getPrivate();
        var older =
                new org.bouncycastle.asn1.sec.ECPrivateKey(
                        256,
                        key.getS(),
                        new org.bouncycastle.asn1.ASN1ObjectIdentifier("1.2.840.10045.3.1.7"));
        var pem =
                TestAuthority.pem("EC PARAMETERS", new byte[] {6, 1, 1})
                        + TestAuthority.pem("EC PRIVATE KEY", older.getEncoded());
        var read = secure(curve.certificatePem(), pem).key();
        assertEquals(key.getS(), ((ECPrivateKey) read).getS());
    }

    @Test
    void aChainIsReadWhole() throws IOException {
        var it = authority.issue("x");
        var chain = it.certificatePem() + Files.readString(authority.file(folder));
        assertEquals(2, secure(chain, it.keyPem()).chain().size());
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        var it = authority.issue("x");
        var certificate = "tls.cert=" + file("cert.pem", it.certificatePem());
        var key = "tls.key=" + file("key.pem", it.keyPem());
        assertTrue(problem(SECURE).startsWith("listeners[0].tls: "));
        assertTrue(problem(SECURE, certificate).startsWith("tls.key: found nothing"));
        assertTrue(problem(SECURE, key).startsWith("tls.cert: found nothing"));
        assertTrue(problem(certificate).startsWith("tls.key: found nothing"));
        assertTrue(problem(SECURE, "tls.cert=/no/such.pem", key).startsWith("tls.cert: "));
        assertTrue(problem(SECURE, certificate, "tls.key=/no/such.pem").startsWith("tls.key: "));
    }

    @Test
    void whatCantBeUsedIsNamedWithItsFix() throws IOException {
        var it = authority.issue("x");
        var other = authority.issue("x");
        var cut = Arrays.copyOf(it.keys().getPrivate().getEncoded(), 40);
        var certificate = "tls.cert=" + file("cert.pem", it.certificatePem());
        for (var wrong :
                List.of(
                        "",
                        "nonsense",
                        it.certificatePem(),
                        other.keyPem(),
                        TestAuthority.pem("PRIVATE KEY", cut),
                        TestAuthority.pem("RSA PRIVATE KEY", cut),
                        TestAuthority.pem("EC PRIVATE KEY", cut),
                        "-----BEGIN PRIVATE KEY-----\n!!!\n-----END PRIVATE KEY-----")) {
            var words = problem(SECURE, certificate, "tls.key=" + file("key.pem", wrong));
            assertTrue(words.startsWith("tls.key: "), words);
        }
        var locked = TestAuthority.pem("ENCRYPTED PRIVATE KEY", cut);
        var words = problem(SECURE, certificate, "tls.key=" + file("key.pem", locked));
        assertTrue(words.contains("openssl pkey"), words);
        for (var wrong : List.of("", it.keyPem(), TestAuthority.pem("CERTIFICATE", cut))) {
            var found =
                    problem(
                            SECURE,
                            "tls.cert=" + file("cert.pem", wrong),
                            "tls.key=" + file("key.pem", it.keyPem()));
            assertTrue(found.startsWith("tls.cert: "), found);
        }
    }
}
