package dev.hearth.configuration;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;

/// Private keys in the three forms in which they stand in PEM files. The JDK reads but one, PKCS#8;
/// the older ones, for RSA and for elliptic curves, are that without its envelope.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5958 Asymmetric key packages (PKCS#8)
/// @spec https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.2 RSA private keys (PKCS#1)
/// @spec https://www.rfc-editor.org/rfc/rfc5915 Elliptic curve private keys
final class PrivateKeys {

    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;

    /// The curve within a key for an elliptic curve.
    private static final int PARAMETERS = 0xa0;

    private static final byte[] ZERO = {0};
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
    private static final byte[] ELLIPTIC_CURVE = HexFormat.of().parseHex("06072a8648ce3d0201");

    private PrivateKeys() {}

    /// The key of a certificate.
    ///
    /// @throws GeneralSecurityException in words, if there is no key that can be read, or that of
    ///   another certificate
    static PrivateKey read(PemFile file, X509Certificate certificate)
            throws GeneralSecurityException {
        for (var block : file.blocks()) {
            var label = block.label();
            if (label.endsWith("PRIVATE KEY")) {
                var key = key(pkcs8(label, block.der()), certificate.getPublicKey());
                requirePair(key, certificate.getPublicKey());
                return key;
            }
        }
        throw new InvalidKeyException("there is no -----BEGIN PRIVATE KEY----- in it");
    }

    private static byte[] pkcs8(String label, byte[] der) throws InvalidKeyException {
        return switch (label) {
            case "PRIVATE KEY" -> der;
            case "RSA PRIVATE KEY" -> envelope(RSA, der);
            case "EC PRIVATE KEY" -> envelope(join(ELLIPTIC_CURVE, curve(der)), der);
            case String _ ->
                    throw new InvalidKeyException(
                            "a key with a password can't be used: take it off with"
                                    + " openssl pkey -in FILE -out FILE2");
        };
    }

    private static byte[] envelope(byte[] algorithm, byte[] key) {
        return tagged(
                SEQUENCE,
                join(
                        tagged(INTEGER, ZERO),
                        tagged(SEQUENCE, algorithm),
                        tagged(OCTET_STRING, key)));
    }

    private static byte[] tagged(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /// The name of the curve, as it stands in a key: after the version and the number.
    private static byte[] curve(byte[] der) throws InvalidKeyException {
        try {
            var sequence = ByteBuffer.wrap(content(ByteBuffer.wrap(der), SEQUENCE));
            content(sequence, INTEGER);
            content(sequence, OCTET_STRING);
            return content(sequence, PARAMETERS);
        } catch (RuntimeException e) {
            throw new InvalidKeyException("the key doesn't name its curve", e);
        }
    }

    private static byte[] content(ByteBuffer in, int tag) {
        if ((in.get() & 0xff) != tag) {
            throw new IllegalArgumentException("something else than expected");
        }
        int length = in.get() & 0xff;
        if (length >= 0x80) {
            int bytes = length & 0x7f;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = Math.addExact(Math.multiplyExact(length, 256), in.get() & 0xff);
            }
        }
        if (length > in.remaining()) {
            throw new IllegalArgumentException("cut short");
        }
        var content = new byte[length];
        in.get(content);
        return content;
    }

    private static PrivateKey key(byte[] pkcs8, PublicKey other) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance(other.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException("there is no key for the certificate in it", e);
        }
    }

    /// Whether what one signs the other verifies.
    private static void requirePair(PrivateKey key, PublicKey other)
            throws GeneralSecurityException {
        var algorithm =
                switch (other.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case String name -> name;
                };
        var signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(ZERO);
        var signed = signature.sign();
        signature.initVerify(other);
        signature.update(ZERO);
        if (!signature.verify(signed)) {
            throw new InvalidKeyException("the key in it is that of another certificate");
        }
    }
}
