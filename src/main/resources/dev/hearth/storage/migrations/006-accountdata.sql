CREATE TABLE account_datum (
    user_id VARCHAR NOT NULL,
    room_id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    content VARBINARY NOT NULL,
    position BIGINT NOT NULL
);
CREATE UNIQUE INDEX account_datum_key ON account_datum(user_id, room_id, type);
CREATE INDEX account_datum_position ON account_datum(user_id, position);
CREATE TABLE filter (
    user_id VARCHAR NOT NULL,
    number BIGINT NOT NULL,
    content VARBINARY NOT NULL
);
CREATE UNIQUE INDEX filter_key ON filter(user_id, number);
