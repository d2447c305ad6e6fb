-- Who was there when last seen, and the words that they set.
CREATE TABLE presence (
    user_id VARCHAR NOT NULL,
    present BOOLEAN NOT NULL,
    message VARCHAR
);
CREATE UNIQUE INDEX presence_key ON presence(user_id);
CREATE INDEX presence_present ON presence(present);

-- That a word stands in an event: the place is the beginning of a digest of room and word.
CREATE TABLE word_place (
    place BIGINT NOT NULL,
    event BIGINT NOT NULL
);
CREATE INDEX word_place_key ON word_place(place, event);

-- Up to which event all are indexed.
CREATE TABLE word_cursor (
    event BIGINT NOT NULL
);
INSERT INTO word_cursor(event) VALUES (0);

-- Users who can be found. What is due has words that are to be read anew.
CREATE TABLE directory_user (
    user_id VARCHAR NOT NULL,
    due BOOLEAN NOT NULL,
    display_name VARCHAR,
    avatar_url VARCHAR
);
CREATE UNIQUE INDEX directory_user_key ON directory_user(user_id);
CREATE INDEX directory_user_due ON directory_user(due);
INSERT INTO directory_user(user_id, due) SELECT user_id, TRUE FROM account WHERE NOT deactivated;

CREATE TABLE directory_word (
    word VARCHAR NOT NULL,
    user_id VARCHAR NOT NULL
);
CREATE INDEX directory_word_key ON directory_word(word, user_id);
CREATE INDEX directory_word_user ON directory_word(user_id);

-- A device that sleeps: what is needed to wake it, which only its user can read.
CREATE TABLE dehydrated_device (
    owner VARCHAR(255) NOT NULL,
    device VARCHAR(255) NOT NULL,
    display_name VARCHAR,
    sealed VARCHAR NOT NULL
);
CREATE UNIQUE INDEX dehydrated_device_owner ON dehydrated_device (owner);
