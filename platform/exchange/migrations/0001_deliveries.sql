CREATE TABLE exchange_deliveries (
    id uuid PRIMARY KEY,
    connector text NOT NULL,
    key text NOT NULL,
    destination text NOT NULL,
    payload text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    agency_id uuid,
    state text NOT NULL,
    tries bigint NOT NULL,
    due_at timestamptz,
    attempt_id uuid,
    receipt text,
    error text,
    created_at timestamptz NOT NULL,
    delivered_at timestamptz,
    UNIQUE (connector, key)
);
CREATE INDEX exchange_deliveries_due ON exchange_deliveries (connector, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX exchange_deliveries_waiting ON exchange_deliveries (subject_id, connector, destination, id) WHERE due_at IS NOT NULL;
CREATE INDEX exchange_deliveries_state ON exchange_deliveries (state, id);
CREATE INDEX exchange_deliveries_agency ON exchange_deliveries (agency_id, state, id);
CREATE INDEX exchange_deliveries_subject ON exchange_deliveries (subject_id, id);
CREATE TABLE exchange_attempts (
    id uuid PRIMARY KEY,
    delivery_id uuid NOT NULL REFERENCES exchange_deliveries,
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    outcome text,
    detail text
);
CREATE INDEX exchange_attempts_delivery ON exchange_attempts (delivery_id, id);
