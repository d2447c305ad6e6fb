package dev.hearth.identifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is an identifier and what is none.
///
/// @spec https://spec.matrix.org/v1.19/appendices/#identifier-grammar Identifier grammar
class IdentifierTest {

    private static final String LONELY_SURROGATE = "\uD83D";

    private static Stream<DynamicTest> accepts(Function<String, ?> parse, String... texts) {
        return Stream.of(texts)
                .map(text ->
                        DynamicTest.dynamicTest(
                                "is one: " + text,
                                () -> assertEquals(text, parse.apply(text).toString())));
    }

    private static Stream<DynamicTest> refuses(Function<String, ?> parse, String... texts) {
        return Stream.of(texts)
                .map(text ->
                        DynamicTest.dynamicTest(
                                "is none: " + text,
                                () ->
                                        assertThrows(
                                                InvalidIdentifierException.class,
                                                () -> parse.apply(text))));
    }

    /// A text of so many bytes that begins and ends in a certain way.
    private static String ofBytes(int bytes, String start, String end) {
        int missing = bytes - start.length() - end.length();
        return start + "é".repeat(missing / 2) + "e".repeat(missing % 2) + end;
    }

    @TestFactory
    Stream<DynamicTest> serverNames() {
        return Stream.concat(
                accepts(
                        ServerName::parse,
                        "matrix.org",
                        "matrix.org:8888",
                        "MATRIX.org",
                        "localhost",
                        "1.2.3.4",
                        "1.2.3.4:1234",
                        "[1234:5678::abcd]",
                        "[1234:5678::abcd]:5678",
                        "[::ffff:1.2.3.4]",
                        "[::]",
                        "xn--bcher-kva.example",
                        "a-b.c",
                        "s".repeat(230)),
                refuses(
                        ServerName::parse,
                        "",
                        ":8448",
                        "matrix.org:",
                        "matrix.org:port",
                        "matrix.org:123456",
                        "matrix.org:-1",
                        "matrix.org:80:80",
                        "matrix.org/path",
                        "user@matrix.org",
                        "matrix org",
                        "matrix.org\n",
                        "bücher.example",
                        "under_score.example",
                        "1234:5678::abcd",
                        "[1234:5678::abcd",
                        "[]",
                        "[:]",
                        "[fe80::1%eth0]",
                        "[matrix.org]",
                        "s".repeat(256)));
    }

    @Test
    void aServerNameIsAHostAndMaybeAPort() {
        var plain = ServerName.parse("matrix.org");
        assertEquals("matrix.org", plain.host());
        assertTrue(plain.port().isEmpty());
        var full = ServerName.parse("[::1]:8448");
        assertEquals("[::1]", full.host());
        assertEquals(8448, full.port().orElseThrow());
    }

    @TestFactory
    Stream<DynamicTest> users() {
        return Stream.concat(
                accepts(
                        UserId::parse,
                        "@alice:matrix.org",
                        "@a.b_c=d-e/f+9:matrix.org:8448",
                        "@:matrix.org",
                        "@Alice Smith!:matrix.org",
                        "@älice:matrix.org",
                        "@😀:matrix.org",
                        "@\t\u007f:matrix.org",
                        "@alice:[::1]:8448",
                        ofBytes(255, "@", ":matrix.org")),
                refuses(
                        UserId::parse,
                        "",
                        "@",
                        "alice:matrix.org",
                        "#alice:matrix.org",
                        "@alice",
                        "@alice:",
                        "@alice:matrix org",
                        "@al:ice:matrix.org",
                        "@al\0ice:matrix.org",
                        "@" + LONELY_SURROGATE + ":matrix.org",
                        ofBytes(256, "@", ":matrix.org")));
    }

    @Test
    void aUserIsANameOnAServer() {
        var user = UserId.parse("@alice:matrix.org:8448");
        assertEquals("alice", user.localpart());
        assertEquals(ServerName.parse("matrix.org:8448"), user.server());
        assertTrue(user.isOn(ServerName.parse("matrix.org:8448")));
        assertTrue(!user.isOn(ServerName.parse("matrix.org")));
        assertEquals(user, UserId.of("alice", ServerName.parse("matrix.org:8448")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "0", "a.b_c=d-e/f+9"})
    void newUsersHaveLowerCaseLettersDigitsAndAFewSigns(String localpart) {
        assertTrue(UserId.of(localpart, ServerName.parse("a.test")).isValidForRegistration());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Alice", "alice!", "al ice", "älice", "al*", "~", "a\\b", "é"})
    void oldUsersMayHaveMore(String localpart) {
        assertTrue(!UserId.of(localpart, ServerName.parse("a.test")).isValidForRegistration());
    }

    @TestFactory
    Stream<DynamicTest> rooms() {
        return Stream.concat(
                accepts(
                        RoomId::parse,
                        "!kitchen:matrix.org",
                        "!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM",
                        "!an old room!:matrix.org",
                        "!not:a server",
                        "!a",
                        ofBytes(255, "!", "")),
                refuses(
                        RoomId::parse,
                        "",
                        "!",
                        "kitchen:matrix.org",
                        "#kitchen:matrix.org",
                        "!kit\0chen:matrix.org",
                        "!" + LONELY_SURROGATE,
                        ofBytes(256, "!", "")));
    }

    @TestFactory
    Stream<DynamicTest> events() {
        return Stream.concat(
                accepts(
                        EventId::parse,
                        "$1234:matrix.org",
                        "$acR1l0raoZnm60CBwAVgqbZqoO/mYU81xysh1u7XcJk",
                        "$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg",
                        ofBytes(255, "$", ":matrix.org")),
                refuses(
                        EventId::parse,
                        "",
                        "$",
                        "1234:matrix.org",
                        "$12\u000034",
                        "$" + LONELY_SURROGATE,
                        ofBytes(256, "$", "")));
    }

    @Test
    void onlyAChosenEventIdNamesAServer() {
        assertEquals(
                Optional.of(ServerName.parse("matrix.org:80")),
                EventId.parse("$1234:matrix.org:80").server());
        for (var other : new String[] {"$acR1l0", "$a:", "$a:no server"}) {
            assertEquals(Optional.empty(), EventId.parse(other).server());
        }
    }

    @TestFactory
    Stream<DynamicTest> aliases() {
        return Stream.concat(
                accepts(
                        RoomAlias::parse,
                        "#kitchen:matrix.org",
                        "#Küche, unten:matrix.org",
                        "#a#b:matrix.org:8448",
                        ofBytes(255, "#", ":matrix.org")),
                refuses(
                        RoomAlias::parse,
                        "",
                        "#",
                        "#:matrix.org",
                        "#kitchen",
                        "#kitchen:",
                        "kitchen:matrix.org",
                        "#kit:chen:matrix.org",
                        "#kit\0chen:matrix.org",
                        "#" + LONELY_SURROGATE + ":matrix.org",
                        ofBytes(256, "#", ":matrix.org")));
    }

    @TestFactory
    Stream<DynamicTest> keys() {
        return Stream.concat(
                accepts(
                        KeyId::parse,
                        "ed25519:auto",
                        "ed25519:a_1",
                        "curve25519:DEVICE",
                        "ed25519:"),
                refuses(KeyId::parse, "", ":", ":auto", "ed25519", "ed25519:" + "e".repeat(248)));
    }

    @Test
    void aKeyIsOfAnAlgorithm() {
        var key = KeyId.parse("signed_curve25519:AAAA:B");
        assertEquals("signed_curve25519", key.algorithm());
        assertEquals("AAAA:B", key.identifier());
        assertEquals(key, KeyId.of("signed_curve25519", "AAAA:B"));
    }

    @TestFactory
    Stream<DynamicTest> media() {
        return Stream.concat(
                accepts(
                        MxcUri::parse,
                        "mxc://matrix.org/abcDEF0123",
                        "mxc://matrix.org:8448/a_b-c",
                        "mxc://[::1]/a"),
                refuses(
                        MxcUri::parse,
                        "",
                        "mxc://",
                        "mxc://matrix.org",
                        "mxc://matrix.org/",
                        "mxc:///a",
                        "mxc://matrix.org/a/b",
                        "mxc://matrix.org/../a",
                        "mxc://matrix.org/a.b",
                        "mxc://matrix.org/a?b",
                        "mxc://matrix org/a",
                        "MXC://matrix.org/a",
                        "http://matrix.org/a",
                        "mxc://matrix.org/" + "a".repeat(256)));
    }

    @TestFactory
    Stream<DynamicTest> devicesAndTransactions() {
        return Stream.of(
                        accepts(DeviceId::parse, "ABC", "a device", "é", "e".repeat(255)),
                        refuses(DeviceId::parse, "", "é".repeat(128)),
                        accepts(TransactionId::parse, "m1700000000.1", "/", "e".repeat(255)),
                        refuses(TransactionId::parse, "", "é".repeat(128)))
                .flatMap(tests -> tests);
    }

    @Test
    void aRefusalShowsNoMoreThanTheBeginning() {
        var refusal =
                assertThrows(
                        InvalidIdentifierException.class, () -> UserId.parse("e".repeat(10_000)));
        assertTrue(refusal.getMessage().length() < 200, refusal.getMessage());
    }
}
