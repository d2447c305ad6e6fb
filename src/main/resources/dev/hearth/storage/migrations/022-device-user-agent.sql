-- By which program a device was last seen, empty if it told none.
ALTER TABLE device ADD COLUMN IF NOT EXISTS last_seen_user_agent VARCHAR;
