CREATE TABLE word (
    number BIGINT PRIMARY KEY,
    hash BIGINT NOT NULL,
    text VARCHAR NOT NULL
);
CREATE INDEX word_hash ON word(hash);
CREATE TABLE room (
    number BIGINT PRIMARY KEY,
    room_id VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    listed BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX room_key ON room(room_id);
CREATE TABLE room_head (
    room BIGINT PRIMARY KEY,
    extremities VARBINARY NOT NULL,
    state BIGINT NOT NULL,
    joined BIGINT NOT NULL,
    invited BIGINT NOT NULL,
    knocking BIGINT NOT NULL,
    banned BIGINT NOT NULL,
    gone BIGINT NOT NULL
);
CREATE TABLE event (
    number BIGINT PRIMARY KEY,
    position BIGINT,
    room BIGINT NOT NULL,
    event_id VARBINARY NOT NULL,
    type BIGINT NOT NULL,
    state_key BIGINT,
    sender BIGINT NOT NULL,
    depth BIGINT NOT NULL,
    origin_server_ts BIGINT NOT NULL,
    status BIGINT NOT NULL,
    state BIGINT,
    state_after BIGINT,
    room_state BIGINT,
    device BIGINT,
    transaction_id VARCHAR,
    replaces BIGINT,
    redacted_by BIGINT,
    body VARBINARY NOT NULL
);
CREATE INDEX event_room ON event(room, position);
CREATE TABLE event_key (
    hash BIGINT PRIMARY KEY,
    number BIGINT NOT NULL
);
CREATE TABLE ground (
    ground BIGINT NOT NULL,
    event BIGINT NOT NULL
);
CREATE INDEX ground_key ON ground(ground, event);
CREATE TABLE gap (
    hash BIGINT NOT NULL,
    room BIGINT NOT NULL,
    missing VARCHAR NOT NULL,
    event BIGINT NOT NULL
);
CREATE INDEX gap_hash ON gap(hash);
CREATE INDEX gap_room ON gap(room);
CREATE TABLE state_snapshot (
    number BIGINT PRIMARY KEY,
    parent BIGINT NOT NULL,
    height BIGINT NOT NULL,
    delta VARBINARY NOT NULL
);
CREATE TABLE current_state (
    room BIGINT NOT NULL,
    type BIGINT NOT NULL,
    state_key BIGINT NOT NULL,
    event BIGINT,
    position BIGINT NOT NULL
);
CREATE UNIQUE INDEX current_state_key ON current_state(room, type, state_key);
CREATE TABLE membership (
    member BIGINT NOT NULL,
    room BIGINT NOT NULL,
    membership VARCHAR NOT NULL,
    position BIGINT NOT NULL,
    joined_until BIGINT NOT NULL,
    forgotten BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX membership_key ON membership(member, room);
CREATE INDEX membership_room ON membership(room, membership, position);
CREATE INDEX membership_member ON membership(member, position);
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
