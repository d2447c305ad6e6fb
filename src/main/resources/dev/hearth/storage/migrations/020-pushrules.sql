-- What users changed about their push rules, as JSON by kind.
CREATE TABLE IF NOT EXISTS push_rules (
    user_id VARCHAR NOT NULL,
    own VARBINARY NOT NULL,
    position BIGINT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS push_rules_user ON push_rules (user_id);

-- Beside by how much an event is more to a user than to all: what it is to all.
ALTER TABLE personal_notification ADD COLUMN IF NOT EXISTS all_notifies BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE personal_notification ADD COLUMN IF NOT EXISTS all_highlights BIGINT DEFAULT 0 NOT NULL;
UPDATE personal_notification SET all_notifies = 1 WHERE position IN (
    SELECT position FROM notifying_event WHERE notifies = TRUE);
UPDATE personal_notification SET all_highlights = 1 WHERE position IN (
    SELECT position FROM notifying_event WHERE highlights = TRUE);
