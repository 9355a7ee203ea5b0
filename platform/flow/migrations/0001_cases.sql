CREATE TABLE flow_processes (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    version bigint NOT NULL,
    hash text NOT NULL UNIQUE,
    definition text NOT NULL,
    published_at timestamptz NOT NULL,
    UNIQUE (name, version)
);
CREATE TABLE flow_cases (
    id uuid PRIMARY KEY,
    system text NOT NULL,
    subject_id uuid NOT NULL,
    process_id uuid NOT NULL,
    parent_step uuid,
    agency_id uuid NOT NULL,
    receiving_id uuid NOT NULL,
    title text NOT NULL,
    reference text NOT NULL,
    label text NOT NULL,
    path text NOT NULL,
    state text NOT NULL,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz
);
CREATE INDEX flow_cases_subject ON flow_cases (subject_id, id);
CREATE INDEX flow_cases_parent ON flow_cases (parent_step) WHERE parent_step IS NOT NULL;
CREATE TABLE flow_steps (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL,
    system text NOT NULL,
    name text NOT NULL,
    title text NOT NULL,
    does text NOT NULL,
    role text,
    agency_id uuid NOT NULL,
    unit text,
    claimed_by uuid,
    claimed_person uuid,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz,
    outcome text,
    note text,
    waiting_since timestamptz,
    due_at timestamptz,
    sort_at timestamptz NOT NULL
);
CREATE INDEX flow_steps_case ON flow_steps (case_id, id);
CREATE INDEX flow_steps_inbox ON flow_steps (agency_id, role, sort_at, id) WHERE closed_at IS NULL;
CREATE INDEX flow_steps_due ON flow_steps (due_at) WHERE closed_at IS NULL AND due_at IS NOT NULL;
