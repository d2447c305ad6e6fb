package dev.hearth.configuration;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// What stands in a PEM file: blocks of base64, each under a headline that says what it is. What
/// stands between blocks is for people.
///
/// @spec https://www.rfc-editor.org/rfc/rfc7468 Textual encodings of PKIX structures
record PemFile(List<Block> blocks) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    PemFile {
        blocks = List.copyOf(blocks);
    }

    /// @param label what it is: `CERTIFICATE`
    record Block(String label, byte[] der) {}

    /// @throws IOException in words, if there is no such file or nothing in it
    static PemFile read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("there is no such file, or it can't be read");
        }
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        var blocks = new ArrayList<Block>();
        for (var matcher = BLOCK.matcher(text); matcher.find(); ) {
            blocks.add(new Block(matcher.group(1), decode(matcher.group(2))));
        }
        if (blocks.isEmpty()) {
            throw new IOException("there is no -----BEGIN ...----- in it");
        }
        return new PemFile(blocks);
    }

    private static byte[] decode(String base64) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException("what stands between BEGIN and END is no base64", e);
        }
    }

    /// All certificates, in their order.
    ///
    /// @throws CertificateException in words, if there is none or a broken one
    List<X509Certificate> certificates() throws CertificateException {
        var factory = CertificateFactory.getInstance("X.509");
        var certificates = new ArrayList<X509Certificate>();
        for (var block : blocks) {
            if (block.label().equals("CERTIFICATE")) {
                var in = new ByteArrayInputStream(block.der());
                certificates.add((X509Certificate) factory.generateCertificate(in));
            }
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("there is no -----BEGIN CERTIFICATE----- in it");
        }
        return certificates;
    }
}
