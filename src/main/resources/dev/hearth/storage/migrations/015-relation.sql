-- An event that relates to another; the parent is the hash of its event ID, for it may be unknown.
CREATE TABLE relation (
    child BIGINT PRIMARY KEY,
    parent BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    sender BIGINT NOT NULL,
    position BIGINT NOT NULL,
    detail BIGINT NOT NULL,
    tallied BOOLEAN NOT NULL
);
CREATE INDEX relation_parent ON relation (parent, position);

-- What one user's relations of one kind to one event come to.
CREATE TABLE relation_tally (
    parent BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    sender BIGINT NOT NULL,
    children BIGINT NOT NULL,
    latest BIGINT NOT NULL,
    latest_rank BIGINT NOT NULL
);
CREATE UNIQUE INDEX relation_tally_key ON relation_tally (parent, kind, sender);

-- A thread, by the hash of its root's event ID, with the position of its newest event.
CREATE TABLE thread (
    root BIGINT PRIMARY KEY,
    room BIGINT NOT NULL,
    root_id VARCHAR NOT NULL,
    latest BIGINT NOT NULL
);
CREATE INDEX thread_latest ON thread (room, latest);

-- What was there before is looked through afterwards: from one event up to another.
CREATE TABLE relation_backlog (
    next BIGINT NOT NULL,
    last BIGINT NOT NULL
);
INSERT INTO relation_backlog (next, last)
SELECT 0, MAX(number) FROM event HAVING MAX(number) IS NOT NULL;
