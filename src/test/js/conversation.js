// Two people hold an encrypted conversation through the packaged jar: signing up, cross-signing and
// backup, messages both ways, a second device that is verified and reads what was said before,
// receipts and typing; then a client is closed and opened, the server is killed, and everything
// said is still there for both. Usage: node conversation.js JAR

import "fake-indexeddb/auto";
import { Server } from "./server.js";
import { Person, eventually, login, register } from "./person.js";

const LIMIT_SECONDS = 150;

// The client logs every step; for that set HEARTH_CLIENT_LOG.
if (!process.env.HEARTH_CLIENT_LOG) {
    for (const level of ["trace", "debug", "info", "warn", "error"]) console[level] = () => {};
}

const server = new Server(process.argv[2]);
const people = [];
const began = Date.now();

function complain(what) {
    process.stderr.write(`${what?.stack ?? what}\n`);
}

async function step(what, work) {
    const before = Date.now();
    try {
        const result = await work();
        console.log(`  ok  ${what} (${Date.now() - before} ms)`);
        return result;
    } catch (failure) {
        complain(`  FAILED  ${what}`);
        throw failure;
    }
}

async function arrive(name, url, credentials, password) {
    const person = new Person(name, url, credentials, password);
    people.push(person);
    await person.start();
    return person;
}

async function conversation() {
    await step("the server starts", () => server.start());
    const url = server.url;

    const alice = await step("Alice signs up with the first token", async () =>
        arrive("alice", url, await register(url, "alice", "alice's secret", server.firstToken()),
            "alice's secret"));
    const bob = await step("Bob signs up with a token of new-token", async () =>
        arrive("bob", url, await register(url, "bob", "bob's secret", server.newToken()),
            "bob's secret"));

    const recoveryKey = await step("Alice sets up cross-signing, secret storage and backup", () =>
        alice.bootstrapEncryption());
    await step("Bob does", () => bob.bootstrapEncryption());

    const room = await step("Alice makes an encrypted room and invites Bob", () =>
        alice.createEncryptedRoom(bob.id));
    await step("Bob is invited and joins", async () => {
        await bob.invitedTo(room);
        await bob.client.joinRoom(room);
        await bob.joined(room);
        await alice.sees(room, bob.id);
    });

    const greeting = await step("Alice says hello, and Bob can read it", async () => {
        const event = await alice.say(room, "hello Bob");
        await bob.reads(room, "hello Bob");
        return event;
    });
    await step("Bob answers, and Alice can read it", async () => {
        await bob.say(room, "hello Alice");
        await alice.reads(room, "hello Alice");
    });

    await step("Alice sees that Bob is typing", async () => {
        await bob.client.sendTyping(room, true, 10_000);
        await eventually("Bob typing", () => alice.client.getRoom(room).getMember(bob.id).typing);
        await bob.client.sendTyping(room, false, 0);
        await eventually("Bob not typing", () =>
            !alice.client.getRoom(room).getMember(bob.id).typing);
    });
    await step("Alice sees that Bob has read her message", async () => {
        const event = bob.client.getRoom(room).findEventById(greeting);
        await bob.client.sendReadReceipt(event);
        await eventually("Bob's receipt", () =>
            alice.client.getRoom(room).getReadReceiptForUserId(bob.id, true)?.eventId === greeting);
    });
    await step("Bob's unread messages are counted, and gone when he has read them", async () => {
        const event = await alice.say(room, "did you see this?");
        await bob.reads(room, "did you see this?");
        await eventually("an unread message", () =>
            bob.client.getRoom(room).getUnreadNotificationCount() > 0);
        await bob.client.sendReadReceipt(bob.client.getRoom(room).findEventById(event));
        await eventually("none unread", () =>
            bob.client.getRoom(room).getUnreadNotificationCount() === 0);
    });
    await step("Alice sees Bob's new name", async () => {
        await bob.client.setDisplayName("Bob the second");
        await eventually("Bob's new name", () =>
            alice.client.getRoom(room).getMember(bob.id).name === "Bob the second");
    });
    await step("Alice takes a message back, and Bob sees it gone", async () => {
        const event = await alice.say(room, "a slip of the tongue");
        await bob.reads(room, "a slip of the tongue");
        await alice.client.redactEvent(room, event);
        await eventually("the redaction", () =>
            bob.client.getRoom(room).findEventById(event)?.isRedacted());
    });
    await step("what Alice can read is in her backup", () => backedUp(alice));

    const tablet = await step("Alice logs in on a second device", async () =>
        arrive("alice's tablet", url, await login(url, "alice", "alice's secret"),
            "alice's secret"));
    await step("she verifies it with the first, by emoji", async () => {
        await tablet.verifyWith(alice);
        await alice.trusts(alice.id, tablet.credentials.device_id);
        await bob.knowsAsTheirs(alice.id, tablet.credentials.device_id);
    });
    await step("it restores the backup and reads what was said before", async () => {
        tablet.useRecoveryKey(recoveryKey);
        await tablet.crypto.loadSessionBackupPrivateKeyFromSecretStorage();
        await tablet.crypto.checkKeyBackupAndEnable();
        const restored = await tablet.crypto.restoreKeyBackup();
        if (restored.imported === 0) throw new Error(JSON.stringify(restored));
        await tablet.reads(room, "hello Bob");
        await tablet.reads(room, "hello Alice");
    });
    await step("Bob's next message reaches both devices", async () => {
        await bob.say(room, "welcome, tablet");
        await tablet.reads(room, "welcome, tablet");
        await alice.reads(room, "welcome, tablet");
    });
    await step("and the tablet's reaches Bob", async () => {
        await tablet.say(room, "the tablet speaks");
        await bob.reads(room, "the tablet speaks");
    });

    await step("the server is killed and starts again", async () => {
        await server.kill();
        await server.start();
    });
    await step("Alice opens her client again, and everything said is there", async () => {
        await alice.restart();
        await alice.joined(room);
        await readsAll(alice, room);
    });
    await step("the conversation goes on", async () => {
        await alice.say(room, "still here");
        await bob.reads(room, "still here");
        await bob.say(room, "me too");
        await alice.reads(room, "me too");
        await tablet.reads(room, "me too");
    });
    await step("for Bob everything is there as well", () => readsAll(bob, room));
}

/// What the server has of the backup; the client's own view of it is a copy from its making.
async function backedUp(person) {
    const version = await person.crypto.getActiveSessionBackupVersion();
    await eventually("keys in the backup", async () => {
        const backup = await person.asks("/_matrix/client/v3/room_keys/version");
        return backup.version === version && backup.count > 0;
    });
}

async function readsAll(person, room) {
    for (const body of ["hello Bob", "hello Alice", "welcome, tablet", "the tablet speaks"]) {
        await person.reads(room, body);
    }
}

const limit = setTimeout(() => {
    complain(`not done after ${LIMIT_SECONDS} s; the server said:\n${server.output}`);
    server.kill().finally(() => process.exit(1));
}, LIMIT_SECONDS * 1000);

let status = 0;
try {
    await conversation();
    console.log(`a conversation through a real client: ${Date.now() - began} ms`);
} catch (failure) {
    complain(failure);
    complain(`the server said:\n${server.output}`);
    status = 1;
} finally {
    clearTimeout(limit);
    people.forEach((person) => person.stop());
    await server.stop();
}
process.exit(status);
