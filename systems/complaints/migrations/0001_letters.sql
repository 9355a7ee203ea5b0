CREATE TABLE complaints_letters (
    id uuid PRIMARY KEY,
    form_id uuid NOT NULL UNIQUE,
    secret_digest text NOT NULL,
    code text NOT NULL UNIQUE,
    kind text NOT NULL,
    source text NOT NULL,
    field text,
    instance bigint NOT NULL,
    previous_id uuid,
    received_at timestamptz NOT NULL,
    dated date,
    commune_id uuid,
    people bigint NOT NULL,
    against text NOT NULL,
    summary text NOT NULL,
    likeness text,
    complexity text NOT NULL,
    remote boolean NOT NULL,
    outcome text,
    finding text,
    state text NOT NULL,
    receiving_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    accepted_at timestamptz,
    due_at timestamptz,
    decided_at timestamptz,
    closed_at timestamptz
);
CREATE INDEX complaints_letters_alike ON complaints_letters (likeness) WHERE likeness IS NOT NULL;
CREATE INDEX complaints_letters_received ON complaints_letters (received_at);
CREATE TABLE complaints_agencies (
    agency_id uuid NOT NULL,
    letter_id uuid NOT NULL,
    PRIMARY KEY (agency_id, letter_id)
);
CREATE TABLE complaints_senders (
    letter_id uuid PRIMARY KEY REFERENCES complaints_letters (id),
    name text NOT NULL,
    number text NOT NULL,
    address text NOT NULL,
    phone text NOT NULL
);
CREATE INDEX complaints_senders_number ON complaints_senders (number) WHERE number <> '';
CREATE TABLE complaints_files (
    id uuid PRIMARY KEY,
    letter_id uuid NOT NULL REFERENCES complaints_letters (id),
    name text NOT NULL,
    hash text NOT NULL,
    mime text NOT NULL,
    size bigint NOT NULL
);
CREATE INDEX complaints_files_of_letter ON complaints_files (letter_id, id);
CREATE TABLE complaints_conditions (
    letter_id uuid NOT NULL REFERENCES complaints_letters (id),
    code text NOT NULL,
    PRIMARY KEY (letter_id, code)
);
CREATE TABLE complaints_notes (
    id uuid PRIMARY KEY,
    letter_id uuid NOT NULL REFERENCES complaints_letters (id),
    kind text NOT NULL,
    words text NOT NULL,
    held_on date,
    agency_id uuid NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX complaints_notes_of_letter ON complaints_notes (letter_id, id);
