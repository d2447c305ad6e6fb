-- In which events a word stands, many to a row: the newest's number, and the distances from each
-- to the one before it. The place is the beginning of a digest of room and word.
DROP TABLE word_place;
CREATE TABLE word_events (
    place BIGINT NOT NULL,
    newest BIGINT NOT NULL,
    others VARBINARY NOT NULL
);
CREATE INDEX word_events_key ON word_events(place, newest);

-- All are indexed anew.
UPDATE word_cursor SET event = 0;
