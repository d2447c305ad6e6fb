-- What is to be sent later; what was sent or given up stays for a while, with when that was.
CREATE TABLE delayed_event (
    number BIGINT PRIMARY KEY,
    delay_id VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    room_id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    state_key VARCHAR,
    content VARCHAR NOT NULL,
    sticky_for BIGINT,
    delay BIGINT NOT NULL,
    running_since BIGINT NOT NULL,
    due BIGINT NOT NULL,
    finalized_at BIGINT NOT NULL,
    outcome VARCHAR,
    event_id VARCHAR,
    error VARCHAR
);
CREATE UNIQUE INDEX delayed_event_key ON delayed_event (delay_id);
CREATE INDEX delayed_event_due ON delayed_event (finalized_at, due);
CREATE INDEX delayed_event_owner ON delayed_event (owner, finalized_at, due);
CREATE INDEX delayed_event_state ON delayed_event (room_id, type, state_key);
