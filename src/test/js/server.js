// The packaged jar as a process of its own, on a free port of loopback.

import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const JAVA = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "java") : "java";
const START_SECONDS = 60;
const STOP_SECONDS = 10;

/// The server takes HEARTH_… for its settings, and those of whoever runs the test aren't meant.
const ENVIRONMENT = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("HEARTH_")),
);

function freePort() {
    return new Promise((resolve, reject) => {
        const probe = createServer();
        probe.once("error", reject);
        probe.listen(0, "127.0.0.1", () => {
            const { port } = probe.address();
            probe.close(() => resolve(port));
        });
    });
}

export class Server {
    #process;
    #data;
    #port;
    #output = "";

    /// `settings` are over the usual ones, `key=value` each.
    constructor(jar, settings = []) {
        this.jar = jar;
        this.settings = settings;
        // However the test ends, no server outlives it.
        process.once("exit", () => this.#process?.kill("SIGKILL"));
    }

    get url() {
        return `http://127.0.0.1:${this.#port}`;
    }

    /// What the server has printed since its last start.
    get output() {
        return this.#output;
    }

    /// The same data, name and port at every start: to its clients it is one server.
    async start() {
        this.#data ??= mkdtempSync(join(tmpdir(), "hearth-client-test-"));
        this.#port ??= await freePort();
        this.#output = "";
        const settings = [
            `data_dir=${join(this.#data, "data")}`,
            `listeners=[{"bind":"127.0.0.1","port":${this.#port}}]`,
            "password.hash_cost=minimum",
            ...this.settings,
        ].flatMap((setting) => ["--set", setting]);
        this.#process = spawn(JAVA, [
            "-Xmx256m", "-jar", this.jar, "--server-name", "hearth.test", ...settings,
        ], { env: ENVIRONMENT });
        this.#process.stdout.on("data", (text) => (this.#output += text));
        this.#process.stderr.on("data", (text) => (this.#output += text));
        await this.#answers();
    }

    async #answers() {
        const deadline = Date.now() + START_SECONDS * 1000;
        while (Date.now() < deadline && this.#process.exitCode === null) {
            try {
                const answer = await fetch(`${this.url}/_matrix/client/versions`, {
                    signal: AbortSignal.timeout(5000),
                });
                if (answer.ok) return;
            } catch {
                // Not yet.
            }
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        throw new Error(`the server didn't start:\n${this.#output}`);
    }

    /// The token with which the first person signs up, as the server printed it.
    firstToken() {
        const found = /administrator: (\S+)/.exec(this.#output);
        if (!found) throw new Error(`no token for the first person in:\n${this.#output}`);
        return found[1];
    }

    /// Another registration token, from the command line.
    newToken() {
        const run = spawnSync(
            JAVA,
            ["-jar", this.jar, "new-token", "--set", `data_dir=${join(this.#data, "data")}`],
            { encoding: "utf8", env: ENVIRONMENT, timeout: START_SECONDS * 1000 },
        );
        if (run.status !== 0) throw new Error(`new-token failed: ${run.stdout}${run.stderr}`);
        return run.stdout.trim().split(/\s+/).at(-1);
    }

    /// Ends it as a crash would.
    async kill() {
        await this.#end("SIGKILL");
    }

    async stop() {
        const impatience = setTimeout(() => this.#process?.kill("SIGKILL"), STOP_SECONDS * 1000);
        await this.#end("SIGTERM");
        clearTimeout(impatience);
        if (this.#data) rmSync(this.#data, { recursive: true, force: true });
    }

    async #end(signal) {
        const running = this.#process;
        if (!running || running.exitCode !== null || running.signalCode !== null) return;
        const ended = new Promise((resolve) => running.once("exit", resolve));
        running.kill(signal);
        await ended;
    }
}
