// What people do besides talking, in rooms that aren't encrypted, through the packaged jar with a
// real client: messages about messages, rooms that are found, joined and replaced, calls, and being
// told of what is new. Usage: node everyday.js JAR

import { register } from "./person.js";
import { perform } from "./stage.js";
import { messages } from "./messages.js";
import { rooms } from "./rooms.js";
import { calls, TRANSPORT } from "./calls.js";
import { Gateway, notices } from "./notices.js";

const gateway = await Gateway.open();

// Themes follow one another faster than people do, and the push gateway is on this machine.
const SETTINGS = [
    "registration.enabled=true",
    "rate_limits.enabled=false",
    "http_client.ip_deny=[]",
    `http_client.extra_ca=${JSON.stringify([gateway.certificate])}`,
    `rtc.transports=${JSON.stringify([TRANSPORT])}`,
];

async function everyday(stage) {
    const { server, step, arrive } = stage;
    await step("the server starts", () => server.start());
    const signUp = async (name, options) =>
        arrive(name, server.url, await register(server.url, name, `${name}'s secret`), "", options);
    // One client shows threads apart, the other as they come.
    const [alice, bob] = await step("Alice and Bob sign up without a token", () =>
        Promise.all([
            signUp("alice", { encrypts: false, threads: true }),
            signUp("bob", { encrypts: false }),
        ]));
    const room = await step("Alice opens a room, and Bob joins it", async () => {
        const { room_id: made } = await alice.client.createRoom({
            preset: "public_chat",
            name: "The kitchen",
        });
        await bob.client.joinRoom(made);
        await Promise.all([alice.isIn(made), bob.isIn(made)]);
        return made;
    });
    const scene = { ...stage, alice, bob, room, gateway };
    await messages(scene);
    await rooms(scene);
    await calls(scene);
    await notices(scene);
}

await perform("everyday life", everyday, SETTINGS);
