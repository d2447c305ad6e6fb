-- Events that are sticky for a while; what is over is taken away once a day.
CREATE TABLE sticky_event (
    position BIGINT PRIMARY KEY,
    number BIGINT NOT NULL,
    room BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX sticky_event_room ON sticky_event (room, position);
CREATE INDEX sticky_event_end ON sticky_event (ends_at);
