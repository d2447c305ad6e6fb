// Somebody with one device: a matrix-js-sdk client with its Rust crypto, and waiting on conditions.

import { createClient, ClientEvent } from "matrix-js-sdk";
import { decodeRecoveryKey } from "matrix-js-sdk/lib/crypto-api/index.js";
import { CryptoEvent, VerificationPhase, VerifierEvent } from "matrix-js-sdk/lib/crypto-api/index.js";

const PATIENCE_SECONDS = 30;

const quiet = {
    trace() {}, debug() {}, info() {}, warn() {}, error() {},
    getChild() { return quiet; },
};

/// Waits until `look` gives something, and gives it; on time-out says what it last saw.
export async function eventually(what, look, seconds = PATIENCE_SECONDS) {
    const deadline = Date.now() + seconds * 1000;
    let last;
    while (Date.now() < deadline) {
        last = await look();
        if (last) return last;
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`waited ${seconds} s in vain for ${what}; last saw ${JSON.stringify(last)}`);
}

/// Registers with a registration token, as a client does that is told the flows by a 401.
export async function register(url, username, password, token) {
    const open = createClient({ baseUrl: url, logger: quiet });
    let session;
    try {
        await open.registerRequest({ username, password });
    } catch (refusal) {
        if (refusal.httpStatus !== 401) throw refusal;
        session = refusal.data.session;
    }
    return open.registerRequest({
        username,
        password,
        auth: { type: "m.login.registration_token", token, session },
    });
}

export async function login(url, user, password) {
    const open = createClient({ baseUrl: url, logger: quiet });
    return open.loginRequest({
        type: "m.login.password",
        identifier: { type: "m.id.user", user },
        password,
        initial_device_display_name: "Second device",
    });
}

export class Person {
    #secretStorageKey;

    constructor(name, url, credentials, password) {
        this.name = name;
        this.url = url;
        this.credentials = credentials;
        this.password = password;
        this.incomingVerifications = [];
    }

    get id() {
        return this.credentials.user_id;
    }

    get crypto() {
        return this.client.getCrypto();
    }

    /// Begins to sync; a second time it goes on with what this device had stored, as an app does
    /// that was closed and opened again.
    async start() {
        this.client = createClient({
            baseUrl: this.url,
            userId: this.id,
            deviceId: this.credentials.device_id,
            accessToken: this.credentials.access_token,
            logger: quiet,
            cryptoCallbacks: {
                getSecretStorageKey: async ({ keys }) => [
                    Object.keys(keys)[0],
                    this.#secretStorageKey,
                ],
                cacheSecretStorageKey: () => {},
            },
        });
        await this.client.initRustCrypto({ cryptoDatabasePrefix: `${this.name}-store` });
        this.client.on(CryptoEvent.VerificationRequestReceived, (request) =>
            this.incomingVerifications.push(request));
        const prepared = new Promise((resolve) => {
            this.client.on(ClientEvent.Sync, (state) => state === "PREPARED" && resolve());
        });
        await this.client.startClient({ initialSyncLimit: 50, lazyLoadMembers: true });
        await prepared;
    }

    /// A plain GET in the name of this device.
    async asks(path) {
        const answer = await fetch(this.url + path, {
            headers: { Authorization: `Bearer ${this.credentials.access_token}` },
        });
        return answer.json();
    }

    stop() {
        this.client?.stopClient();
    }

    async restart() {
        this.stop();
        await this.start();
    }

    /// Cross-signing keys, secret storage and a key backup, made with the account's password;
    /// gives the recovery key.
    async bootstrapEncryption() {
        const authUploadDeviceSigningKeys = async (makeRequest) => {
            try {
                await makeRequest(null);
            } catch (refusal) {
                if (refusal.httpStatus !== 401) throw refusal;
                await makeRequest({
                    type: "m.login.password",
                    identifier: { type: "m.id.user", user: this.id },
                    password: this.password,
                    session: refusal.data.session,
                });
            }
        };
        await this.crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys });
        let recoveryKey;
        await this.crypto.bootstrapSecretStorage({
            setupNewKeyBackup: true,
            createSecretStorageKey: async () => {
                const key = await this.crypto.createRecoveryKeyFromPassphrase();
                this.#secretStorageKey = key.privateKey;
                recoveryKey = key.encodedPrivateKey;
                return key;
            },
        });
        return recoveryKey;
    }

    useRecoveryKey(recoveryKey) {
        this.#secretStorageKey = decodeRecoveryKey(recoveryKey);
    }

    async createEncryptedRoom(invited) {
        const { room_id: room } = await this.client.createRoom({
            preset: "trusted_private_chat",
            name: "By the fire",
            invite: [invited],
            initial_state: [
                {
                    type: "m.room.encryption",
                    state_key: "",
                    content: { algorithm: "m.megolm.v1.aes-sha2" },
                },
            ],
        });
        await this.joined(room);
        return room;
    }

    async joined(room) {
        await eventually(`${this.name} in ${room}`, () =>
            this.client.getRoom(room)?.getMyMembership() === "join");
        await eventually(`${this.name} knows that ${room} is encrypted`, () =>
            this.crypto.isEncryptionEnabledInRoom(room));
    }

    async invitedTo(room) {
        await eventually(`${this.name} invited to ${room}`, () =>
            this.client.getRoom(room)?.getMyMembership() === "invite");
    }

    async sees(room, user) {
        await eventually(`${this.name} sees ${user} in ${room}`, () =>
            this.client.getRoom(room)?.getMember(user)?.membership === "join");
    }

    async say(room, body) {
        const { event_id: event } = await this.client.sendTextMessage(room, body);
        return event;
    }

    messages(room) {
        const events = this.client.getRoom(room)?.getLiveTimeline().getEvents() ?? [];
        return events.filter((event) => event.getWireType() === "m.room.encrypted");
    }

    /// Waits until a message can be read; what goes over the wire has to be encrypted.
    async reads(room, body) {
        await eventually(`${this.name} reads "${body}"`, () => {
            const events = this.messages(room);
            return (
                events.some((event) => event.getContent().body === body) ||
                undefined
            );
        }).catch((failure) => {
            const seen = this.messages(room).map((event) =>
                event.getContent().body ?? event.decryptionFailureReason);
            throw new Error(`${failure.message}; the room says ${JSON.stringify(seen)}`);
        });
    }

    /// The other end of a verification that this device asks for, shown as emoji and compared.
    async verifyWith(other) {
        const mine = await this.crypto.requestOwnUserVerification();
        const theirs = await eventually("a verification request", () =>
            other.incomingVerifications.shift());
        await theirs.accept();
        await eventually("both ready to verify", () => mine.phase === VerificationPhase.Ready);
        const verifier = await mine.startVerification("m.sas.v1");
        const otherVerifier = await eventually("the verification to start", () => theirs.verifier);
        const shown = [];
        for (const side of [verifier, otherVerifier]) {
            side.on(VerifierEvent.ShowSas, (sas) => shown.push(sas));
        }
        const done = Promise.all([verifier.verify(), otherVerifier.verify()]);
        await eventually("both to show emoji", () => shown.length === 2);
        const [one, two] = shown.map((sas) => JSON.stringify(sas.sas.emoji));
        if (one !== two) throw new Error(`different emoji: ${one} and ${two}`);
        await Promise.all(shown.map((sas) => sas.confirm()));
        await done;
    }

    async trusts(user, device) {
        await eventually(`${this.name} trusts ${device}`, async () => {
            const status = await this.crypto.getDeviceVerificationStatus(user, device);
            return status?.crossSigningVerified;
        });
    }

    /// That somebody's device is signed by its owner is seen without having verified the owner.
    async knowsAsTheirs(user, device) {
        await eventually(`${this.name} knows ${device} as signed by ${user}`, async () => {
            const status = await this.crypto.getDeviceVerificationStatus(user, device);
            return status?.signedByOwner;
        });
    }
}
