-- The rooms that are public. Those that were so before are described when they are first asked for.
CREATE TABLE published_room (
    room BIGINT PRIMARY KEY,
    joined BIGINT NOT NULL,
    entry VARCHAR NOT NULL
);
CREATE INDEX published_room_size ON published_room (joined, room);
INSERT INTO published_room (room, joined, entry)
SELECT r.number, h.joined, '' FROM room r JOIN room_head h ON h.room = r.number WHERE r.listed;
ALTER TABLE room DROP COLUMN listed;
