package dev.hearth.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearth.identifier.ServerName;
import dev.hearth.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAclTest {

    @ParameterizedTest(name = "ACL-1: {1} by {0}: {2}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{}`, a.test, false",
                "`{\"deny\":[]}`, a.test, false",
                "`{\"allow\":[]}`, a.test, false",
                "`{\"allow\":\"*\"}`, a.test, false",
                "`{\"allow\":[\"*\"]}`, a.test, true",
                "`{\"allow\":[\"*\"]}`, a.test:8448, true",
                "`{\"allow\":[\"a.test\"]}`, a.test:8448, true",
                "`{\"allow\":[\"a.test:8448\"]}`, a.test:8448, false",
                "`{\"allow\":[\"*\"],\"deny\":[\"*.evil.test\"]}`, a.evil.test, false",
                "`{\"allow\":[\"*\"],\"deny\":[\"*.evil.test\"]}`, evil.test, true",
                "`{\"allow\":[\"*\"],\"deny\":[\"e?il.test\"]}`, evil.test, false",
                "`{\"allow\":[\"*\"],\"deny\":[\"EVIL.test\"]}`, evil.TEST, false",
                "`{\"allow\":[\"Good.test\"]}`, good.test, true",
                "`{\"allow\":[7,\"a.test\"],\"deny\":[null,{}]}`, a.test, true",
                "`{\"allow\":[\"*\"]}`, 192.0.2.1, true",
                "`{\"allow\":[\"*\"],\"allow_ip_literals\":false}`, 192.0.2.1, false",
                "`{\"allow\":[\"*\"],\"allow_ip_literals\":false}`, 192.0.2.1:8448, false",
                "`{\"allow\":[\"*\"],\"allow_ip_literals\":false}`, [2001:db8::1], false",
                "`{\"allow\":[\"*\"],\"allow_ip_literals\":false}`, [2001:db8::1]:8448, false",
                "`{\"allow\":[\"*\"],\"allow_ip_literals\":false}`, a.test, true",
                "`{\"allow\":[\"*\"],\"allow_ip_literals\":\"false\"}`, 192.0.2.1, true",
                "`{\"allow\":[\"*\"],\"deny\":[\"192.0.*\"]}`, 192.0.2.1, false",
            })
    @DisplayName("ACL-1: the order of the rules, and what makes no sense in them")
    void allows(String content, String server, boolean allowed) {
        var acl = ServerAcl.of(JsonReader.readObject(content.getBytes(StandardCharsets.UTF_8)));
        assertEquals(allowed, acl.allows(ServerName.parse(server)));
    }

    @Test
    @DisplayName("ACL-1: a room without a list is for everybody")
    void withoutList() {
        assertTrue(ServerAcl.allows(Optional.empty(), ServerName.parse("192.0.2.1")));
    }
}
