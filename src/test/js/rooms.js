// Rooms that are found, asked to be let into, gathered in spaces, and replaced by others.

import { eventually } from "./person.js";

export async function rooms({ step, alice, bob, room }) {
    await step("Bob finds a public room in the list and joins it by its alias", async () => {
        const { room_id: market } = await alice.client.createRoom({
            preset: "public_chat",
            visibility: "public",
            room_alias_name: "market",
            name: "The market",
            topic: "fish and fruit",
        });
        const found = await eventually("the room in the list", async () => {
            const { chunk } = await bob.client.publicRooms({
                filter: { generic_search_term: "fruit" },
            });
            return chunk.find((listed) => listed.room_id === market);
        });
        await bob.client.joinRoom(found.canonical_alias);
        await alice.sees(market, bob.id);
    });
    await step("Bob knocks, Alice lets him in", async () => {
        const { room_id: study } = await alice.client.createRoom({
            preset: "private_chat",
            name: "The study",
            initial_state: [
                { type: "m.room.join_rules", state_key: "", content: { join_rule: "knock" } },
            ],
        });
        await bob.client.knockRoom(study, { reason: "it is me" });
        await eventually("the knock", () =>
            alice.client.getRoom(study)?.getMember(bob.id)?.membership === "knock");
        await eventually("Bob waits at the door", () =>
            bob.client.getRoom(study)?.getMyMembership() === "knock");
        await alice.client.invite(study, bob.id);
        await bob.invitedTo(study);
        await bob.client.joinRoom(study);
        await alice.sees(study, bob.id);
    });
    await step("Bob sees the rooms of a space", async () => {
        const { room_id: house } = await alice.client.createRoom({
            preset: "public_chat",
            name: "The house",
            creation_content: { type: "m.space" },
        });
        await alice.client.sendStateEvent(
            house, "m.space.child", { via: ["hearth.test"], suggested: true }, room);
        await bob.client.joinRoom(house);
        const { rooms: shown } = await bob.client.getRoomHierarchy(house, 10, 3, false);
        const names = shown.map((summary) => summary.name).join(", ");
        if (names !== "The house, The kitchen") throw new Error(`the space shows ${names}`);
    });
    await step("Alice replaces a room, and Bob follows her into the new one", async () => {
        const { room_id: old } = await alice.client.createRoom({
            preset: "public_chat",
            name: "The barn",
            room_version: "10",
        });
        await bob.client.joinRoom(old);
        await bob.isIn(old);
        const { replacement_room: next } = await alice.client.upgradeRoom(old, "12");
        await eventually("the tombstone", () =>
            bob.client.getRoom(old).currentState.getStateEvents("m.room.tombstone", "")
                ?.getContent().replacement_room === next);
        await bob.client.joinRoom(next);
        await bob.isIn(next);
        await eventually("the new room's name", () =>
            bob.client.getRoom(next).name === "The barn");
    });
}
