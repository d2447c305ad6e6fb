// What a call's client needs of a homeserver: where calls are carried, to be in a call for as long
// as one is alive, and that everybody sees who is in it.

import { eventually } from "./person.js";

export const TRANSPORT = { type: "livekit", livekit_service_url: "https://rtc.example.org" };

const MEMBER = "org.matrix.msc4143.rtc.member";
const LEFT = "com.example.left";

export async function calls({ step, alice, bob, room }) {
    await step("Alice learns where calls are carried", async () => {
        const transports = await alice.client._unstable_getRTCTransports();
        if (JSON.stringify(transports) !== JSON.stringify([TRANSPORT])) {
            throw new Error(JSON.stringify(transports));
        }
    });
    await step("Bob's client says that he left, since it says nothing else in time", async () => {
        const { delay_id: id } = await bob.client._unstable_sendDelayedEvent(
            room, { delay: 500 }, null, LEFT, { reason: "lost" });
        await bob.client._unstable_restartScheduledDelayedEvent(id);
        await alice.getsOne(room, LEFT, (event) => event.getContent().reason === "lost");
        const own = await bob.getsOne(room, LEFT, () => true);
        if (own.getUnsigned()["org.matrix.msc4140.delay_id"] !== id) {
            throw new Error(JSON.stringify(own.getUnsigned()));
        }
    });
    await step("what is put off can be taken back or sent at once", async () => {
        const plan = (reason) => bob.client._unstable_sendDelayedEvent(
            room, { delay: 3_600_000 }, null, LEFT, { reason });
        const [never, now] = await Promise.all([plan("never"), plan("now")]);
        const { delayed_events: planned } = await bob.client._unstable_getDelayedEvents();
        if (planned.length !== 2) throw new Error(JSON.stringify(planned));
        await bob.client._unstable_cancelScheduledDelayedEvent(never.delay_id);
        await bob.client._unstable_sendScheduledDelayedEvent(now.delay_id);
        await alice.getsOne(room, LEFT, (event) => event.getContent().reason === "now");
    });
    await step("Alice is in a call, and Bob sees it though much was said since", async () => {
        bob.stop();
        await alice.client._unstable_sendStickyEvent(
            room, 600_000, null, MEMBER, { msc4354_sticky_key: "alice's phone" });
        for (let i = 0; i < 60; i++) await alice.say(room, `chatter ${i}`);
        await bob.start();
        await eventually("who is in the call", () =>
            [...bob.client.getRoom(room)._unstable_getStickyEvents()].some((event) =>
                event.getContent().msc4354_sticky_key === "alice's phone"));
    });
}
