CREATE TABLE payments_charges (
    id uuid PRIMARY KEY,
    code text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    payer_id uuid NOT NULL,
    filed_by uuid,
    agency_id uuid NOT NULL,
    amount bigint NOT NULL,
    state text NOT NULL,
    asked_at timestamptz NOT NULL,
    paid_at timestamptz,
    paid_by text,
    refunded_at timestamptz,
    refund_reference text
);
CREATE INDEX payments_charges_of_subject ON payments_charges (subject_id, id);
CREATE INDEX payments_charges_of_payer ON payments_charges (payer_id, id);
CREATE INDEX payments_charges_of_account ON payments_charges (filed_by, id);
CREATE INDEX payments_charges_of_agency ON payments_charges (agency_id, id);
CREATE INDEX payments_charges_by_state ON payments_charges (state, id);
CREATE TABLE payments_items (
    charge_id uuid NOT NULL,
    number bigint NOT NULL,
    code text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    amount bigint NOT NULL,
    PRIMARY KEY (charge_id, number)
);
CREATE TABLE payments_attempts (
    id uuid PRIMARY KEY,
    charge_id uuid NOT NULL,
    order_id text NOT NULL UNIQUE,
    way text NOT NULL,
    amount bigint NOT NULL,
    state text NOT NULL,
    started_at timestamptz NOT NULL,
    ask_at timestamptz,
    ended_at timestamptz,
    transaction_id text
);
CREATE INDEX payments_attempts_of_charge ON payments_attempts (charge_id, id);
CREATE INDEX payments_attempts_to_ask ON payments_attempts (ask_at) WHERE ask_at IS NOT NULL;
CREATE INDEX payments_attempts_ended ON payments_attempts (ended_at);
CREATE TABLE payments_notices (
    id uuid PRIMARY KEY,
    transaction_id text NOT NULL,
    order_id text NOT NULL,
    amount bigint NOT NULL,
    status text NOT NULL,
    verdict text NOT NULL,
    charge_id uuid,
    at timestamptz NOT NULL
);
CREATE UNIQUE INDEX payments_notices_once ON payments_notices (transaction_id, order_id, amount, status);
CREATE INDEX payments_notices_of_charge ON payments_notices (charge_id, id);
CREATE TABLE payments_receipts (
    id uuid PRIMARY KEY,
    charge_id uuid NOT NULL UNIQUE,
    agency_id uuid NOT NULL,
    year bigint NOT NULL,
    number bigint NOT NULL,
    data text NOT NULL,
    made_at timestamptz NOT NULL,
    file_hash text,
    failed text,
    UNIQUE (agency_id, year, number)
);
CREATE INDEX payments_receipts_to_print ON payments_receipts (id) WHERE file_hash IS NULL AND failed IS NULL;
