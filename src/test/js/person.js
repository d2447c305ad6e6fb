// Somebody with one device: a matrix-js-sdk client with its Rust crypto, and waiting on conditions.

import { createClient, EventStatus, PendingEventOrdering } from "matrix-js-sdk";
import { CryptoEvent, decodeRecoveryKey } from "matrix-js-sdk/lib/crypto-api/index.js";

const PATIENCE_SECONDS = 30;

const silent = {
    trace() {}, debug() {}, info() {}, warn() {}, error() {},
    getChild() { return silent; },
};

// Without one the client takes its own, which logs to the console.
const logger = process.env.HEARTH_CLIENT_LOG ? undefined : silent;

/// Waits until `look` gives something, and gives it; on time-out says what it last saw.
export async function eventually(what, look, show) {
    const deadline = Date.now() + PATIENCE_SECONDS * 1000;
    let last;
    while (Date.now() < deadline) {
        last = await look();
        if (last) return last;
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const seen = JSON.stringify(show ? show() : last);
    throw new Error(`waited ${PATIENCE_SECONDS} s in vain for ${what}; last saw ${seen}`);
}

/// Registers as a client does that is told the flows by a 401: with a registration token, or
/// where anybody may, without.
export async function register(url, username, password, token) {
    const open = createClient({ baseUrl: url, logger });
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
        auth: token
            ? { type: "m.login.registration_token", token, session }
            : { type: "m.login.dummy", session },
    });
}

export async function login(url, user, password) {
    const open = createClient({ baseUrl: url, logger });
    return open.loginRequest({
        type: "m.login.password",
        identifier: { type: "m.id.user", user },
        password,
        initial_device_display_name: "Second device",
    });
}

export class Person {
    #secretStorageKey;

    /// `encrypts`: whether it has keys; `threads`: whether it shows threads apart.
    constructor(name, url, credentials, password, options = {}) {
        const { initialSyncLimit = 50, encrypts = true, threads = false } = options;
        this.encrypts = encrypts;
        this.threads = threads;
        this.name = name;
        this.initialSyncLimit = initialSyncLimit;
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
            logger,
            cryptoCallbacks: {
                getSecretStorageKey: async ({ keys }) => [
                    Object.keys(keys)[0],
                    this.#secretStorageKey,
                ],
                cacheSecretStorageKey: () => {},
            },
        });
        if (this.encrypts) {
            await this.client.initRustCrypto({ cryptoDatabasePrefix: `${this.name}-store` });
            this.client.on(CryptoEvent.VerificationRequestReceived, (request) =>
                this.incomingVerifications.push(request));
        }
        await this.client.startClient({
            initialSyncLimit: this.initialSyncLimit,
            lazyLoadMembers: true,
            threadSupport: this.threads,
            // What waits to be sent is kept apart from what the server has told.
            pendingEventOrdering: PendingEventOrdering.Detached,
        });
        await eventually(`${this.name}'s first sync`, () =>
            ["PREPARED", "SYNCING"].includes(this.client.getSyncState()));
    }

    /// What this client last knew, for whoever has to find out why it waited in vain.
    lastSeen() {
        const rooms = (this.client?.getRooms() ?? []).map((room) => {
            const said = this.said(room.roomId).slice(-5);
            return `${room.roomId} (${room.getMyMembership()}): ${JSON.stringify(said)}`;
        });
        return `${this.name}: ${this.client?.getSyncState()}; ${rooms.join("; ")}`;
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
                await makeRequest(this.#passwordFor(refusal.data.session));
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

    async isIn(room) {
        await eventually(`${this.name} in ${room}`, () =>
            this.client.getRoom(room)?.getMyMembership() === "join");
    }

    async joined(room) {
        await this.isIn(room);
        await eventually(`${this.name} knows that ${room} is encrypted`, () =>
            this.crypto.isEncryptionEnabledInRoom(room));
    }

    async invitedTo(room) {
        await eventually(`${this.name} invited to ${room}`, () =>
            this.client.getRoom(room)?.getMyMembership() === "invite");
    }

    /// Waits for an event, wherever in the room the client keeps it.
    async gets(room, event) {
        return eventually(`${this.name} gets ${event}`, () =>
            this.client.getRoom(room)?.findEventById(event));
    }

    /// Waits for an event of a type with this in its content.
    async getsOne(room, type, matches) {
        return eventually(`${this.name} gets a ${type}`, () =>
            (this.client.getRoom(room)?.getLiveTimeline().getEvents() ?? []).find((event) =>
                event.getType() === type && matches(event)));
    }

    async sees(room, user) {
        await eventually(`${this.name} sees ${user} in ${room}`, () =>
            this.client.getRoom(room)?.getMember(user)?.membership === "join");
    }

    async say(room, body) {
        const { event_id: event } = await this.client.sendTextMessage(room, body);
        return event;
    }

    /// Sends many at once; those that fail, for the server is away, can be sent with [sendAgain].
    async sayAll(room, bodies) {
        const attempts = bodies.map((body) => this.client.sendTextMessage(room, body));
        await Promise.allSettled(attempts);
    }

    /// What wasn't acknowledged goes out again as it was, with the same transaction ID.
    async sendAgain(room) {
        const failed = this.client
            .getRoom(room)
            .getPendingEvents()
            .filter((event) => event.status === EventStatus.NOT_SENT);
        for (const event of failed) {
            await this.client.resendEvent(event, this.client.getRoom(room));
        }
        return failed.length;
    }

    messages(room) {
        const events = this.client.getRoom(room)?.getLiveTimeline().getEvents() ?? [];
        return events.filter((event) => event.getWireType() === "m.room.encrypted");
    }

    /// What was said in a room as far as it has been read, or why it couldn't be.
    said(room) {
        return this.messages(room).map((event) =>
            event.getContent().body ?? event.decryptionFailureReason);
    }

    /// Waits until a message can be read; what goes over the wire has to be encrypted.
    async reads(room, body) {
        await eventually(
            `${this.name} reads "${body}"`,
            () => this.said(room).includes(body),
            () => this.said(room));
    }

    /// Goes back in the room's history, also over a gap that sync has left, until all of these are
    /// there and can be read.
    async scrollsBackTo(room, ...bodies) {
        const missing = () => {
            const said = new Set(this.said(room));
            return bodies.filter((body) => !said.has(body));
        };
        await eventually(
            `${this.name} scrolls back to "${bodies[0]}"`,
            async () => {
                if (missing().length === 0) return true;
                await this.client.scrollback(this.client.getRoom(room), 10);
                return false;
            },
            () => ({ missing: missing(), said: this.said(room) }));
    }

    /// Makes a new device one of its owner's by the recovery key alone, without another device.
    async verifiesItselfBy(recoveryKey) {
        this.useRecoveryKey(recoveryKey);
        // The private keys are taken only by a device that has fetched the public ones.
        await eventually(`${this.name} knows its owner's keys`, () =>
            this.crypto.userHasCrossSigningKeys());
        await this.crypto.bootstrapCrossSigning({});
        await this.trusts(this.id, this.credentials.device_id);
    }

    async restoresBackupBy(recoveryKey) {
        this.useRecoveryKey(recoveryKey);
        await this.crypto.loadSessionBackupPrivateKeyFromSecretStorage();
        await this.crypto.checkKeyBackupAndEnable();
        const restored = await this.crypto.restoreKeyBackup();
        if (restored.imported === 0) throw new Error(JSON.stringify(restored));
    }

    /// Removes one of this user's devices, which takes the password again.
    async removes(device) {
        const { status, data } = await this.client.deleteDevice(device).then(
            () => ({ status: 200 }),
            (refusal) => ({ status: refusal.httpStatus, data: refusal.data }));
        if (status !== 401) throw new Error(`a device is removed without a password: ${status}`);
        await this.client.deleteDevice(device, this.#passwordFor(data.session));
    }

    #passwordFor(session) {
        return {
            type: "m.login.password",
            identifier: { type: "m.id.user", user: this.id },
            password: this.password,
            session,
        };
    }

    async knowsDevices(user, count) {
        await eventually(
            `${this.name} knows of ${count} devices of ${user}`,
            async () =>
                (await this.crypto.getUserDeviceInfo([user])).get(user)?.size === count);
    }

    async trustsPerson(user) {
        await eventually(`${this.name} trusts ${user}`, async () =>
            (await this.crypto.getUserVerificationStatus(user)).isCrossSigningVerified());
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
