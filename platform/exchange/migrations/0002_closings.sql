CREATE TABLE exchange_closings (
    partner text NOT NULL,
    key text NOT NULL,
    note text NOT NULL,
    closed_by uuid NOT NULL,
    closed_at timestamptz NOT NULL,
    PRIMARY KEY (partner, key)
);
