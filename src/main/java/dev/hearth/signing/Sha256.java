package dev.hearth.signing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256.
public final class Sha256 {

    private Sha256() {}

    public static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
