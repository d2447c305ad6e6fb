CREATE TABLE word (
    number BIGINT PRIMARY KEY,
    hash BIGINT NOT NULL,
    text VARCHAR NOT NULL
);
CREATE INDEX word_hash ON word(hash);
CREATE TABLE state_snapshot (
    number BIGINT PRIMARY KEY,
    parent BIGINT NOT NULL,
    height BIGINT NOT NULL,
    delta VARBINARY NOT NULL
);
CREATE TABLE room (
    number BIGINT PRIMARY KEY,
    room_id VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    extremity VARCHAR NOT NULL,
    depth BIGINT NOT NULL,
    listed BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX room_key ON room(room_id);
CREATE TABLE event (
    position BIGINT PRIMARY KEY,
    room BIGINT NOT NULL,
    event_id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    state_key VARCHAR,
    sender VARCHAR NOT NULL,
    transaction_device VARCHAR,
    transaction_id VARCHAR,
    replaces BIGINT,
    redacted_by BIGINT,
    body VARBINARY NOT NULL
);
CREATE INDEX event_room ON event(room, position);
CREATE TABLE event_key (
    hash BIGINT PRIMARY KEY,
    position BIGINT NOT NULL
);
CREATE TABLE current_state (
    room BIGINT NOT NULL,
    type VARCHAR NOT NULL,
    state_key VARCHAR NOT NULL,
    position BIGINT NOT NULL
);
CREATE UNIQUE INDEX current_state_key ON current_state(room, type, state_key);
CREATE TABLE state_change (
    room BIGINT NOT NULL,
    type VARCHAR NOT NULL,
    state_key VARCHAR NOT NULL,
    position BIGINT NOT NULL
);
CREATE INDEX state_change_position ON state_change(room, position);
CREATE UNIQUE INDEX state_change_key ON state_change(room, type, state_key, position);
CREATE TABLE membership (
    user_id VARCHAR NOT NULL,
    room BIGINT NOT NULL,
    membership VARCHAR NOT NULL,
    position BIGINT NOT NULL,
    forgotten BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX membership_key ON membership(user_id, room);
CREATE INDEX membership_room ON membership(room, membership, position);
CREATE INDEX membership_user ON membership(user_id, position);
CREATE INDEX membership_position ON membership(room, position);
CREATE TABLE once (
    hash BIGINT PRIMARY KEY,
    response VARCHAR NOT NULL,
    made_day BIGINT NOT NULL
);
CREATE TABLE room_alias (
    alias VARCHAR NOT NULL,
    room_id VARCHAR NOT NULL,
    creator VARCHAR NOT NULL
);
CREATE UNIQUE INDEX room_alias_key ON room_alias(alias);
CREATE INDEX room_alias_room ON room_alias(room_id);
