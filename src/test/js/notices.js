// Being told of what is new: whether others are there, and a push gateway.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "./person.js";

const KEYTOOL = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "keytool") : "keytool";

/// A push gateway that keeps what it is told, with a certificate of its own.
export class Gateway {
    #folder = mkdtempSync(join(tmpdir(), "hearth-gateway-"));
    #server;
    told = [];

    static async open() {
        const gateway = new Gateway();
        process.once("exit", () => rmSync(gateway.#folder, { recursive: true, force: true }));
        gateway.#makeCertificate();
        await gateway.#listen();
        return gateway;
    }

    /// The file of its certificate, for who is to trust it.
    get certificate() {
        return join(this.#folder, "gateway.pem");
    }

    get url() {
        return `https://localhost:${this.#server.address().port}/_matrix/push/v1/notify`;
    }

    #keytool(...options) {
        const store = ["-keystore", join(this.#folder, "keys.p12"), "-storepass", "gateway"];
        const run = spawnSync(KEYTOOL, [...options, "-alias", "gateway", ...store]);
        if (run.status !== 0) throw new Error(`keytool: ${run.stdout}${run.stderr}${run.error}`);
    }

    #makeCertificate() {
        this.#keytool(
            "-genkeypair", "-keyalg", "EC", "-storetype", "PKCS12",
            "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        this.#keytool("-exportcert", "-rfc", "-file", this.certificate);
    }

    async #listen() {
        const pfx = readFileSync(join(this.#folder, "keys.p12"));
        this.#server = createServer({ pfx, passphrase: "gateway" }, (request, response) => {
            let body = "";
            request.on("data", (text) => (body += text));
            request.on("end", () => {
                this.told.push(JSON.parse(body).notification);
                response.setHeader("Content-Type", "application/json");
                response.end('{"rejected":[]}');
            });
        });
        await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    }
}

export async function notices({ step, alice, bob, room, gateway }) {
    await step("Alice sees that Bob is away", async () => {
        await bob.client.setSyncPresence("unavailable");
        await bob.client.setPresence({ presence: "unavailable", status_msg: "at the lake" });
        await eventually("Bob's presence", () => {
            const user = alice.client.getUser(bob.id);
            return user?.presence === "unavailable" && user.presenceStatusMsg === "at the lake";
        });
    });
    await step("a push gateway is told of Alice's message to Bob", async () => {
        await bob.client.setPusher({
            kind: "http",
            app_id: "org.example.app",
            pushkey: "bob's phone",
            app_display_name: "App",
            device_display_name: "Phone",
            lang: "en",
            data: { url: gateway.url },
        });
        const event = await alice.say(room, `are you there, ${bob.id}?`);
        const told = await eventually("the notification", () =>
            gateway.told.find((one) => one.event_id === event));
        const right = told.room_id === room && told.sender === alice.id &&
            told.devices[0].pushkey === "bob's phone" && told.counts.unread >= 1;
        if (!right) throw new Error(JSON.stringify(told));
    });
}
