CREATE TABLE account (
    user_id VARCHAR NOT NULL,
    password VARCHAR,
    administrator BOOLEAN NOT NULL,
    deactivated BOOLEAN NOT NULL,
    departing BOOLEAN NOT NULL,
    erased_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX account_key ON account(user_id);
CREATE INDEX account_departing ON account(departing);
CREATE INDEX account_erased ON account(erased_at);
CREATE TABLE device (
    user_id VARCHAR NOT NULL,
    device_id VARCHAR NOT NULL,
    display_name VARCHAR,
    last_seen_ts BIGINT,
    last_seen_ip VARCHAR
);
CREATE UNIQUE INDEX device_key ON device(user_id, device_id);
CREATE TABLE access_token (
    digest VARBINARY NOT NULL,
    user_id VARCHAR NOT NULL,
    device_id VARCHAR NOT NULL,
    expires_at BIGINT,
    refresh_digest VARBINARY
);
CREATE UNIQUE INDEX access_token_key ON access_token(digest);
CREATE INDEX access_token_device ON access_token(user_id, device_id);
CREATE TABLE refresh_token (
    digest VARBINARY NOT NULL,
    user_id VARCHAR NOT NULL,
    device_id VARCHAR NOT NULL,
    replaces VARBINARY,
    superseded BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX refresh_token_key ON refresh_token(digest);
CREATE INDEX refresh_token_device ON refresh_token(user_id, device_id);
CREATE TABLE registration_token (
    digest VARBINARY NOT NULL,
    administrator BOOLEAN NOT NULL,
    uses_left BIGINT NOT NULL
);
CREATE UNIQUE INDEX registration_token_key ON registration_token(digest);
