CREATE TABLE profile_field (
    user_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    field_value VARBINARY NOT NULL
);
CREATE UNIQUE INDEX profile_field_key ON profile_field(user_id, name);
