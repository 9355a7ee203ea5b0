CREATE TABLE queue_kinds (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL,
    letter text NOT NULL,
    name text NOT NULL,
    closed_at timestamptz
);
CREATE UNIQUE INDEX queue_kinds_open ON queue_kinds (agency_id, letter) WHERE closed_at IS NULL;
CREATE TABLE queue_counters (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL,
    number bigint NOT NULL,
    name text NOT NULL,
    closed_at timestamptz
);
CREATE UNIQUE INDEX queue_counters_open ON queue_counters (agency_id, number) WHERE closed_at IS NULL;
CREATE TABLE queue_served (
    counter_id uuid NOT NULL,
    kind_id uuid NOT NULL,
    PRIMARY KEY (counter_id, kind_id)
);
CREATE INDEX queue_served_kind ON queue_served (kind_id, counter_id);
CREATE TABLE queue_tickets (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL,
    day date NOT NULL,
    kind_id uuid NOT NULL,
    letter text NOT NULL,
    number bigint NOT NULL,
    turn bigint NOT NULL,
    place bigint NOT NULL,
    priority text NOT NULL,
    state text NOT NULL,
    counter_id uuid,
    calls bigint NOT NULL,
    drawn_at timestamptz NOT NULL,
    first_called_at timestamptz,
    called_at timestamptz,
    ended_at timestamptz,
    UNIQUE (agency_id, day, turn),
    UNIQUE (kind_id, day, number)
);
CREATE INDEX queue_tickets_waiting ON queue_tickets (agency_id, day, place) WHERE state = 'waiting';
CREATE UNIQUE INDEX queue_tickets_at_counter ON queue_tickets (counter_id, day) WHERE state = 'called';
CREATE INDEX queue_tickets_of_counter ON queue_tickets (counter_id, day, first_called_at);
