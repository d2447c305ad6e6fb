-- A redaction whose target isn't here yet, by the hash of the target's event ID.
CREATE TABLE awaited_target (
    redaction BIGINT PRIMARY KEY,
    hash BIGINT NOT NULL
);
CREATE INDEX awaited_target_hash ON awaited_target (hash);

-- A redacted event of which all is still stored, and the day on which it was redacted.
CREATE TABLE redacted_event (
    event BIGINT PRIMARY KEY,
    redacted_day BIGINT NOT NULL
);
INSERT INTO redacted_event (event, redacted_day)
SELECT e.number, r.origin_server_ts / 86400000
FROM event e JOIN event r ON r.number = e.redacted_by;
CREATE INDEX redacted_event_day ON redacted_event (redacted_day);

CREATE INDEX personal_notification_event ON personal_notification (timeline, position);
