-- The identity keys of devices, as uploaded.
CREATE TABLE device_key (
    id BIGINT PRIMARY KEY,
    owner VARCHAR(255) NOT NULL,
    device VARCHAR(255) NOT NULL,
    body VARCHAR NOT NULL
);
CREATE UNIQUE INDEX device_key_owner ON device_key (owner, device);

-- One-time keys that nobody has claimed yet, in the order in which they came.
CREATE TABLE one_time_key (
    id BIGINT PRIMARY KEY,
    owner VARCHAR(255) NOT NULL,
    device VARCHAR(255) NOT NULL,
    algorithm VARCHAR(255) NOT NULL,
    key_name VARCHAR(255) NOT NULL,
    body VARCHAR NOT NULL
);
CREATE INDEX one_time_key_owner ON one_time_key (owner, device, algorithm, id);

-- Digests of one-time keys that were claimed: an upload that is repeated after one of its keys
-- was claimed must not bring that key back.
CREATE TABLE claimed_key (
    id BIGINT PRIMARY KEY,
    owner VARCHAR(255) NOT NULL,
    device VARCHAR(255) NOT NULL,
    digest VARBINARY(32) NOT NULL
);
CREATE INDEX claimed_key_owner ON claimed_key (owner, device, digest);

-- One fallback key for each device and algorithm.
CREATE TABLE fallback_key (
    id BIGINT PRIMARY KEY,
    owner VARCHAR(255) NOT NULL,
    device VARCHAR(255) NOT NULL,
    algorithm VARCHAR(255) NOT NULL,
    key_name VARCHAR(255) NOT NULL,
    body VARCHAR NOT NULL,
    used BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX fallback_key_owner ON fallback_key (owner, device, algorithm);

-- When a key of a device was last claimed, which its next sync tells.
CREATE TABLE key_claim (
    id BIGINT PRIMARY KEY,
    owner VARCHAR(255) NOT NULL,
    device VARCHAR(255) NOT NULL,
    position BIGINT NOT NULL
);
CREATE UNIQUE INDEX key_claim_owner ON key_claim (owner, device);

-- Cross-signing keys: kind is master, self_signing or user_signing.
CREATE TABLE cross_signing_key (
    id BIGINT PRIMARY KEY,
    owner VARCHAR(255) NOT NULL,
    kind VARCHAR(16) NOT NULL,
    body VARCHAR NOT NULL
);
CREATE UNIQUE INDEX cross_signing_key_owner ON cross_signing_key (owner, kind);

-- Signatures that came after the keys which they sign: target_key is a device or a public key.
CREATE TABLE key_signature (
    position BIGINT PRIMARY KEY,
    target VARCHAR(255) NOT NULL,
    target_key VARCHAR(255) NOT NULL,
    signer VARCHAR(255) NOT NULL,
    signer_key VARCHAR(255) NOT NULL,
    signature VARCHAR NOT NULL
);
CREATE INDEX key_signature_target ON key_signature (target, target_key);
CREATE INDEX key_signature_signer ON key_signature (signer, position);

-- When somebody's devices or cross-signing keys last changed.
CREATE TABLE device_list_change (
    id BIGINT PRIMARY KEY,
    owner VARCHAR(255) NOT NULL,
    position BIGINT NOT NULL
);
CREATE UNIQUE INDEX device_list_change_owner ON device_list_change (owner);
CREATE INDEX device_list_change_position ON device_list_change (position);

-- Backups of room keys. A deleted one stays as an empty row, so that its number is not used again.
CREATE TABLE key_backup (
    id BIGINT PRIMARY KEY,
    owner VARCHAR(255) NOT NULL,
    version BIGINT NOT NULL,
    algorithm VARCHAR NOT NULL,
    auth_data VARCHAR NOT NULL,
    etag BIGINT NOT NULL,
    key_count BIGINT NOT NULL,
    deleted BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX key_backup_owner ON key_backup (owner, version);

CREATE TABLE backed_up_key (
    id BIGINT PRIMARY KEY,
    backup BIGINT NOT NULL,
    room VARCHAR(255) NOT NULL,
    session VARCHAR(255) NOT NULL,
    first_message_index BIGINT NOT NULL,
    forwarded_count BIGINT NOT NULL,
    verified BOOLEAN NOT NULL,
    body VARCHAR NOT NULL
);
CREATE UNIQUE INDEX backed_up_key_backup ON backed_up_key (backup, room, session);
