-- That a user wants to hear of a thread, or wants no more.
CREATE TABLE thread_subscription (
    user_id VARCHAR NOT NULL,
    room_id VARCHAR NOT NULL,
    root VARCHAR NOT NULL,
    subscribed BOOLEAN NOT NULL,
    automatic BOOLEAN NOT NULL,
    position BIGINT NOT NULL
);
CREATE UNIQUE INDEX thread_subscription_key ON thread_subscription (user_id, room_id, root);
CREATE INDEX thread_subscription_position ON thread_subscription (user_id, position);
CREATE INDEX thread_subscription_root ON thread_subscription (root);
