// What each performance needs: a server, people who come and go, and steps that are told.

import { Server } from "./server.js";
import { Person } from "./person.js";

const LIMIT_SECONDS = 90;

// The client logs every step; for that set HEARTH_CLIENT_LOG.
if (!process.env.HEARTH_CLIENT_LOG) {
    for (const level of ["trace", "debug", "info", "warn", "error"]) console[level] = () => {};
}

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

/// Performs a play on a server of its own, from the jar that the command line names, and ends the
/// process with its outcome.
export async function perform(title, play, settings = []) {
    const server = new Server(process.argv[2], settings);
    const people = [];
    const began = Date.now();
    const limit = setTimeout(() => {
        complain(`not done after ${LIMIT_SECONDS} s; the server said:\n${server.output}`);
        people.forEach((person) => complain(person.lastSeen()));
        server.kill().finally(() => process.exit(1));
    }, LIMIT_SECONDS * 1000);

    async function arrive(name, url, credentials, password, options) {
        const person = new Person(name, url, credentials, password, options);
        people.push(person);
        await person.start();
        return person;
    }

    let status = 0;
    try {
        await play({ server, step, arrive });
        console.log(`${title} through a real client: ${Date.now() - began} ms`);
    } catch (failure) {
        complain(failure);
        people.forEach((person) => complain(person.lastSeen()));
        complain(`the server said:\n${server.output}`);
        status = 1;
    } finally {
        clearTimeout(limit);
        people.forEach((person) => person.stop());
        await server.stop();
    }
    process.exit(status);
}
