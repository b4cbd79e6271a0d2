CREATE TABLE wrap (
    -- Table: keys of epochs, wrapped to seats and signed by nobody. Only of epochs whose key no later one seals.
    ord   INTEGER PRIMARY KEY,
    epoch BLOB NOT NULL CHECK (length(epoch) = 16),
    -- Seat that it is for.
    seat  BLOB NOT NULL CHECK (length(seat) = 16),
    -- Made on this device; 0 when it came from elsewhere and may be rubbish.
    own   INTEGER NOT NULL CHECK (own IN (0, 1)),
    bytes BLOB NOT NULL CHECK (length(bytes) = 1168)
) STRICT;
CREATE INDEX wrap_of_seat ON wrap (epoch, seat);
