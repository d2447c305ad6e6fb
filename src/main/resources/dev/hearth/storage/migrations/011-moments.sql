-- The events of a room by the moment at which they were made.
CREATE INDEX event_moment ON event (room, origin_server_ts, depth);
