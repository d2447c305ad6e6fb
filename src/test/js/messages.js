// Messages about messages: reactions, edits, threads, search.

import { eventually } from "./person.js";

export async function messages({ step, alice, bob, room }) {
    const dinner = await step("Alice asks a question", async () => {
        const event = await alice.say(room, "what is for dinner?");
        await bob.gets(room, event);
        return event;
    });
    await step("Bob reacts once, and Alice sees it counted", async () => {
        const content = {
            "m.relates_to": { rel_type: "m.annotation", event_id: dinner, key: "🍲" },
        };
        await bob.client.sendEvent(room, "m.reaction", content);
        await eventually("the reaction", () => {
            const children = alice.client.getRoom(room).relations
                .getChildEventsForEvent(dinner, "m.annotation", "m.reaction");
            return children?.getSortedAnnotationsByKey()?.[0]?.[0] === "🍲";
        });
        const { events } = await alice.client.relations(
            room, dinner, "m.annotation", "m.reaction");
        if (events.length !== 1) throw new Error(`there are ${events.length} reactions`);
        // Past the client's own queue, in which it would wait to be sent again.
        await refused("M_DUPLICATE_ANNOTATION", () =>
            bob.client.http.authedRequest(
                "PUT",
                `/rooms/${encodeURIComponent(room)}/send/m.reaction/again`,
                undefined,
                content));
    });
    await step("Alice corrects herself, and Bob reads what she meant", async () => {
        await alice.client.sendMessage(room, {
            msgtype: "m.text",
            body: "* what is for supper?",
            "m.new_content": { msgtype: "m.text", body: "what is for supper?" },
            "m.relates_to": { rel_type: "m.replace", event_id: dinner },
        });
        await eventually("the edit", () =>
            bob.client.getRoom(room).findEventById(dinner).getContent().body ===
                "what is for supper?");
    });
    await step("who comes later reads the edit with the message", async () => {
        await bob.client.relations(room, dinner, "m.replace", "m.room.message");
        const event = await bob.client.fetchRoomEvent(room, dinner);
        const edit = event.unsigned?.["m.relations"]?.["m.replace"];
        if (edit?.content?.["m.new_content"]?.body !== "what is for supper?") {
            throw new Error(`the event has no edit with it: ${JSON.stringify(event)}`);
        }
    });
    await step("they talk in a thread, and it is counted at its root", async () => {
        const reply = await bob.client.sendMessage(room, dinner, {
            msgtype: "m.text",
            body: "soup",
        });
        await eventually("the thread", () => alice.client.getRoom(room).getThread(dinner));
        await eventually("the reply in it", () =>
            alice.client.getRoom(room).getThread(dinner).replyToEvent?.getId() ===
                reply.event_id);
        const { events } = await alice.client.relations(room, dinner, "m.thread", null);
        if (!events.some((event) => event.getId() === reply.event_id)) {
            throw new Error(`the thread has ${JSON.stringify(events.map((one) => one.event))}`);
        }
        const root = await alice.client.fetchRoomEvent(room, dinner);
        const count = root.unsigned?.["m.relations"]?.["m.thread"]?.count;
        if (count !== 1) throw new Error(`the thread's count is ${count}`);
    });
    await step("Alice finds a word in what was said", async () => {
        const event = await bob.say(room, "there is a needle in the hay");
        await eventually("the word to be found", async () => {
            const found = await alice.client.searchMessageText({ query: "needle" });
            return found.search_categories.room_events.results?.some((result) =>
                result.result.event_id === event);
        });
    });
}

/// What the server must not do.
export async function refused(errcode, attempt) {
    let answer;
    try {
        answer = await attempt();
    } catch (refusal) {
        if (refusal.errcode === errcode) return;
        throw refusal;
    }
    throw new Error(`expected ${errcode}, got ${JSON.stringify(answer)}`);
}
