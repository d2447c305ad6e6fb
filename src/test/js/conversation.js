// Two people hold an encrypted conversation through the packaged jar: signing up, cross-signing and
// backup, messages both ways, receipts and typing, devices that are verified and read what was said
// before; then the server is killed amid their messages, a client is closed and opened, and
// everything said is still there for both, once. Usage: node conversation.js JAR

import "fake-indexeddb/auto";
import { ReceiptType } from "matrix-js-sdk";
import { eventually, login, register } from "./person.js";
import { perform } from "./stage.js";
import { compareEmoji } from "./verification.js";

async function conversation({ server, step, arrive }) {
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
    const bobsKey = await step("Bob does", () => bob.bootstrapEncryption());

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
    await step("what they can read is in their backups", () =>
        Promise.all([backedUp(alice), backedUp(bob)]));

    await step("they verify each other by emoji, in the room", async () => {
        await compareEmoji(await alice.crypto.requestVerificationDM(bob.id, room), bob);
        await alice.trustsPerson(bob.id);
        await bob.trustsPerson(alice.id);
    });

    const tablet = await step("Alice logs in on a second device", async () =>
        arrive("alice's tablet", url, await login(url, "alice", "alice's secret"),
            "alice's secret"));
    await step("it is verified with the first by emoji", async () => {
        await compareEmoji(await tablet.crypto.requestOwnUserVerification(), alice);
        await alice.trusts(alice.id, tablet.credentials.device_id);
        await bob.trusts(alice.id, tablet.credentials.device_id);
    });
    await step("it restores the backup and reads what was said before", async () => {
        await tablet.restoresBackupBy(recoveryKey);
        await tablet.reads(room, "hello Bob");
        await tablet.reads(room, "hello Alice");
    });
    const phone = await step("Bob logs in on a phone that first sees two events", async () =>
        arrive("bob's phone", url, await login(url, "bob", "bob's secret"), "bob's secret",
            { initialSyncLimit: 2 }));
    await step("it becomes his by the recovery key, and Alice trusts it", async () => {
        await phone.verifiesItselfBy(bobsKey);
        await alice.trusts(bob.id, phone.credentials.device_id);
    });
    await step("it scrolls back to the first message and reads it", async () => {
        await phone.restoresBackupBy(bobsKey);
        await phone.scrollsBackTo(room, "hello Bob");
    });
    await step("what Bob reads in private is read on his phone, and Alice isn't told", async () => {
        const event = await alice.say(room, "between us");
        await phone.reads(room, "between us");
        await eventually("an unread message on the phone", () => unread(phone, room) > 0);
        await bob.reads(room, "between us");
        await bob.client.sendReadReceipt(
            bob.client.getRoom(room).findEventById(event), ReceiptType.ReadPrivate);
        await eventually("none unread on the phone", () => unread(phone, room) === 0);
        const told = alice.client.getRoom(room).getReadReceiptForUserId(bob.id, true)?.eventId;
        if (told === event) throw new Error("Alice sees a private receipt");
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

    await step("the server is killed while both talk, and starts again", async () => {
        const talk = [alice.sayAll(room, numbered("Alice")), bob.sayAll(room, numbered("Bob"))];
        await eventually("some of it to arrive", () => phone.said(room).includes("Alice 3"));
        await server.kill();
        await Promise.all(talk);
        await server.start();
    });
    await step("what wasn't acknowledged is sent again, and everything is there once", async () => {
        const again = (await alice.sendAgain(room)) + (await bob.sendAgain(room));
        console.log(`      (${again} of ${2 * numbered("").length} messages were sent again)`);
        for (const person of [alice, bob, tablet, phone]) await readsOnce(person, room);
    });
    await step("Alice opens her client again, and everything said is there", async () => {
        await alice.restart();
        await alice.joined(room);
        await readsAll(alice, room);
        await readsOnce(alice, room);
    });
    await step("the conversation goes on", async () => {
        await alice.say(room, "still here");
        await bob.reads(room, "still here");
        await bob.say(room, "me too");
        await alice.reads(room, "me too");
        await tablet.reads(room, "me too");
    });
    await step("for Bob everything is there as well", () => readsAll(bob, room));
    await step("Alice removes the tablet by her password, and Bob's client hears of it", async () => {
        await bob.knowsDevices(alice.id, 2);
        await alice.removes(tablet.credentials.device_id);
        await bob.knowsDevices(alice.id, 1);
        await eventually("the tablet to be refused", async () =>
            (await tablet.asks("/_matrix/client/v3/account/whoami")).errcode ===
                "M_UNKNOWN_TOKEN");
    });
}

const numbered = (name) => Array.from({ length: 15 }, (_, index) => `${name} ${index + 1}`);

async function readsOnce(person, room) {
    const all = [...numbered("Alice"), ...numbered("Bob")];
    await person.scrollsBackTo(room, ...all);
    const said = person.said(room);
    for (const body of all) {
        const times = said.filter((other) => other === body).length;
        if (times !== 1) throw new Error(`${person.name} reads "${body}" ${times} times`);
    }
}

function unread(person, room) {
    return person.client.getRoom(room).getUnreadNotificationCount();
}

/// What the server has of the backup; the client's own view of it is a copy from its making. There
/// is one key for what each of the two says. A client takes its time, up to ten seconds.
async function backedUp(person) {
    const version = await person.crypto.getActiveSessionBackupVersion();
    let backup;
    await eventually(
        `both keys in the backup of ${person.name}`,
        async () => {
            backup = await person.asks("/_matrix/client/v3/room_keys/version");
            return backup.version === version && backup.count >= 2;
        },
        () => backup);
}

async function readsAll(person, room) {
    await person.scrollsBackTo(
        room, "hello Bob", "hello Alice", "welcome, tablet", "the tablet speaks");
}

await perform("a conversation", conversation);
