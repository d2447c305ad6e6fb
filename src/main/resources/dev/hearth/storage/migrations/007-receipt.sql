CREATE TABLE receipt (
    user_id VARCHAR NOT NULL,
    room_id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    thread_id VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    event_position BIGINT NOT NULL,
    ts BIGINT NOT NULL,
    position BIGINT NOT NULL
);
CREATE UNIQUE INDEX receipt_key ON receipt(user_id, room_id, type, thread_id);
CREATE INDEX receipt_position ON receipt(room_id, position);
