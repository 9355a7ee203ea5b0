CREATE TABLE journal_entries (
    id uuid PRIMARY KEY,
    position bigint UNIQUE,
    at timestamptz NOT NULL,
    verb text NOT NULL,
    thing_kind text NOT NULL,
    thing_id uuid NOT NULL,
    account_id uuid,
    person_id uuid,
    position_held uuid,
    agency_id uuid,
    acting_for uuid,
    reason text,
    data text NOT NULL,
    digest text
);
CREATE INDEX journal_entries_waiting ON journal_entries (id) WHERE position IS NULL;
CREATE INDEX journal_entries_thing ON journal_entries (thing_id, id);
CREATE TABLE journal_reads (
    id uuid PRIMARY KEY,
    position bigint UNIQUE,
    at timestamptz NOT NULL,
    whose uuid NOT NULL,
    thing_kind text NOT NULL,
    thing_id uuid NOT NULL,
    account_id uuid,
    person_id uuid,
    position_held uuid,
    agency_id uuid,
    acting_for uuid,
    reason text NOT NULL,
    digest text
);
CREATE INDEX journal_reads_waiting ON journal_reads (id) WHERE position IS NULL;
CREATE INDEX journal_reads_whose ON journal_reads (whose, id);
CREATE INDEX journal_reads_thing ON journal_reads (thing_id, id);
CREATE TABLE journal_blocks (
    chain text NOT NULL,
    number bigint NOT NULL,
    first_position bigint NOT NULL,
    last_position bigint NOT NULL,
    sealed_at timestamptz NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (chain, number)
);
CREATE TABLE journal_cursors (
    listener text PRIMARY KEY,
    position bigint NOT NULL
);
CREATE TABLE journal_held (
    listener text NOT NULL,
    position bigint NOT NULL,
    thing_id uuid NOT NULL,
    tries bigint NOT NULL,
    next_try_at timestamptz NOT NULL,
    parked_at timestamptz,
    error text NOT NULL,
    PRIMARY KEY (listener, position)
);
CREATE INDEX journal_held_thing ON journal_held (listener, thing_id, position);
