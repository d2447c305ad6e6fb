-- When somebody came or went, or set other words.
ALTER TABLE presence ADD COLUMN position BIGINT DEFAULT 0 NOT NULL;
CREATE INDEX presence_position ON presence(position);
