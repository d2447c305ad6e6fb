-- Where users want to be notified, and how far each gateway was told.
CREATE TABLE pusher (
    number BIGINT PRIMARY KEY,
    user_id VARCHAR NOT NULL,
    device_id VARCHAR NOT NULL,
    app_id VARCHAR NOT NULL,
    pushkey VARCHAR NOT NULL,
    shown VARBINARY NOT NULL,
    data VARBINARY NOT NULL,
    enabled BOOLEAN NOT NULL,
    set_at BIGINT NOT NULL,
    told_up_to BIGINT NOT NULL,
    badge BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    retry_at BIGINT NOT NULL
);
CREATE INDEX pusher_user ON pusher (user_id, number);
CREATE INDEX pusher_key ON pusher (app_id, pushkey);
