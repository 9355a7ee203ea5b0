CREATE TABLE complaints_keys (
    person_id uuid PRIMARY KEY,
    public_key text NOT NULL,
    locked_key bytea NOT NULL,
    made_at timestamptz NOT NULL,
    tries bigint NOT NULL,
    tried_at timestamptz NOT NULL
);
CREATE TABLE complaints_holders (
    seat bigint PRIMARY KEY,
    person_id uuid NOT NULL UNIQUE,
    since timestamptz NOT NULL
);
CREATE TABLE complaints_recovery (
    seat bigint PRIMARY KEY,
    public_key text NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE TABLE complaints_parts (
    first_id uuid NOT NULL,
    second_id uuid NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (first_id, second_id)
);
CREATE TABLE complaints_appointed (
    person_id uuid PRIMARY KEY,
    since timestamptz NOT NULL
);
CREATE TABLE complaints_sealed (
    letter_id uuid PRIMARY KEY REFERENCES complaints_letters (id),
    payload bytea NOT NULL
);
CREATE TABLE complaints_handed (
    letter_id uuid NOT NULL REFERENCES complaints_letters (id),
    reader_id uuid NOT NULL,
    handed bytea NOT NULL,
    PRIMARY KEY (letter_id, reader_id)
);
CREATE INDEX complaints_handed_to_reader ON complaints_handed (reader_id, letter_id);
CREATE TABLE complaints_openings (
    id uuid PRIMARY KEY,
    letter_id uuid NOT NULL REFERENCES complaints_letters (id),
    person_id uuid NOT NULL,
    reason text NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX complaints_openings_of_letter ON complaints_openings (letter_id, id);
CREATE TABLE complaints_successions (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL,
    seat bigint,
    first_id uuid NOT NULL,
    begun_at timestamptz NOT NULL,
    done_at timestamptz
);
CREATE TABLE complaints_left (
    succession_id uuid NOT NULL REFERENCES complaints_successions (id),
    second_id uuid NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (succession_id, second_id)
);
