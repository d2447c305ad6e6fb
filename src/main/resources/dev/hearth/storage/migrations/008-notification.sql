-- The main timeline of a room (with an empty root), or a thread.
CREATE TABLE timeline (
    number BIGINT PRIMARY KEY,
    room_id VARCHAR NOT NULL,
    root VARCHAR NOT NULL
);
CREATE UNIQUE INDEX timeline_key ON timeline (room_id, root);

-- Events that notify: all members (notifies, highlights), or some by rows of their own. With them
-- stands how many of the timeline notify and highlight up to this one.
CREATE TABLE notifying_event (
    position BIGINT PRIMARY KEY,
    timeline BIGINT NOT NULL,
    sender VARCHAR NOT NULL,
    notifies BOOLEAN NOT NULL,
    highlights BOOLEAN NOT NULL,
    notifying BIGINT NOT NULL,
    highlighting BIGINT NOT NULL
);
CREATE INDEX notifying_event_timeline ON notifying_event (timeline, position);

-- What an event is to one user beyond what it is to all.
CREATE TABLE personal_notification (
    number BIGINT PRIMARY KEY,
    user_id VARCHAR NOT NULL,
    timeline BIGINT NOT NULL,
    position BIGINT NOT NULL,
    sender VARCHAR NOT NULL,
    notifies BIGINT NOT NULL,
    highlights BIGINT NOT NULL
);
CREATE INDEX personal_notification_user ON personal_notification (user_id, timeline, position);

-- The newest event of each thread that notifies; main is the timeline of its room.
CREATE TABLE thread_activity (
    thread BIGINT PRIMARY KEY,
    main BIGINT NOT NULL,
    latest BIGINT NOT NULL
);
CREATE INDEX thread_activity_latest ON thread_activity (main, latest);
