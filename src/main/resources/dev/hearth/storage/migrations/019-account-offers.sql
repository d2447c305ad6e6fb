CREATE TABLE report (
    number BIGINT NOT NULL,
    reporter VARCHAR NOT NULL,
    room_id VARCHAR,
    event_id VARCHAR,
    user_id VARCHAR,
    reason VARCHAR NOT NULL,
    received_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX report_key ON report(number);
CREATE TABLE openid_token (
    digest VARBINARY NOT NULL,
    user_id VARCHAR NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX openid_token_key ON openid_token(digest);
CREATE INDEX openid_token_user ON openid_token(user_id, expires_at);
CREATE TABLE accepted_terms (
    user_id VARCHAR NOT NULL,
    policy VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    accepted_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX accepted_terms_key ON accepted_terms(user_id, policy);
CREATE TABLE notice_room (
    user_id VARCHAR NOT NULL,
    room_id VARCHAR NOT NULL
);
CREATE UNIQUE INDEX notice_room_key ON notice_room(user_id);
