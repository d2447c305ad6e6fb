-- What waits for a device: taken away when a later sync shows that it came through.
CREATE TABLE to_device_message (
    position BIGINT PRIMARY KEY,
    recipient VARCHAR(255) NOT NULL,
    device VARCHAR(255) NOT NULL,
    body VARCHAR NOT NULL
);
CREATE INDEX to_device_inbox ON to_device_message (recipient, device, position);

-- Requests that were already carried out. The key is the beginning of the digest.
CREATE TABLE to_device_once (
    hash BIGINT PRIMARY KEY,
    digest VARBINARY(32) NOT NULL,
    day_number BIGINT NOT NULL
);
CREATE INDEX to_device_once_day ON to_device_once (day_number);
