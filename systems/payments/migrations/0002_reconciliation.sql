CREATE TABLE payments_statements (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL,
    day date NOT NULL,
    file_name text NOT NULL,
    made_at timestamptz NOT NULL,
    UNIQUE (agency_id, day)
);
CREATE TABLE payments_lines (
    statement_id uuid NOT NULL,
    number bigint NOT NULL,
    order_id text NOT NULL,
    transaction_id text NOT NULL,
    ours bigint,
    theirs bigint,
    outcome text NOT NULL,
    charge_id uuid,
    agency_id uuid NOT NULL,
    closed_at timestamptz,
    closed_by uuid,
    note text,
    PRIMARY KEY (statement_id, number)
);
CREATE INDEX payments_lines_of_order ON payments_lines (order_id);
CREATE INDEX payments_lines_open ON payments_lines (agency_id, statement_id, number) WHERE closed_at IS NULL;
