CREATE TABLE queue_bookings (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL,
    kind_id uuid NOT NULL,
    starts_at timestamptz NOT NULL,
    made_at timestamptz NOT NULL,
    arrived_at timestamptz,
    cancelled_at timestamptz
);
CREATE INDEX queue_bookings_slot ON queue_bookings (agency_id, starts_at) WHERE cancelled_at IS NULL;
