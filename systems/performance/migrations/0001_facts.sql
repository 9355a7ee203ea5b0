CREATE TABLE performance_facts (
    id uuid PRIMARY KEY,
    code text NOT NULL,
    procedure_code text NOT NULL,
    field text NOT NULL,
    agency_id uuid NOT NULL,
    receiving_id uuid NOT NULL,
    channel text NOT NULL,
    state bigint NOT NULL,
    submitted_at timestamptz NOT NULL,
    received_at timestamptz,
    promised_at timestamptz,
    asked_at timestamptz,
    supplements bigint NOT NULL,
    waiting_since timestamptz,
    late_at timestamptz,
    ended_at timestamptz,
    minutes bigint,
    fee bigint NOT NULL,
    paid_online boolean NOT NULL,
    result_due boolean NOT NULL,
    electronic boolean NOT NULL,
    components bigint NOT NULL,
    digitised bigint NOT NULL,
    reused bigint NOT NULL,
    month date,
    end_month date,
    outcome text
);
CREATE INDEX performance_facts_received ON performance_facts (month, id);
CREATE INDEX performance_facts_ended ON performance_facts (end_month, id);
CREATE INDEX performance_facts_of_agency ON performance_facts (agency_id, month, id);
CREATE INDEX performance_facts_overdue ON performance_facts (late_at) WHERE ended_at IS NULL;
CREATE INDEX performance_facts_ended_late ON performance_facts (end_month) WHERE outcome = 'late';
CREATE TABLE performance_cells (
    month date NOT NULL,
    agency_id uuid NOT NULL,
    procedure_code text NOT NULL,
    channel text NOT NULL,
    field text NOT NULL,
    received bigint NOT NULL,
    online bigint NOT NULL,
    online_complete bigint NOT NULL,
    fee_due bigint NOT NULL,
    paid_online bigint NOT NULL,
    result_due bigint NOT NULL,
    electronic bigint NOT NULL,
    digitised bigint NOT NULL,
    reused bigint NOT NULL,
    finished_late bigint NOT NULL,
    resolved bigint NOT NULL,
    minutes bigint NOT NULL,
    closed bigint NOT NULL,
    closed_early bigint NOT NULL,
    closed_on_time bigint NOT NULL,
    closed_late bigint NOT NULL,
    PRIMARY KEY (month, agency_id, procedure_code, channel, field)
);
CREATE INDEX performance_cells_of_agency ON performance_cells (agency_id, month);
