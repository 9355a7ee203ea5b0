CREATE TABLE complaints_receptions (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL,
    held_on date NOT NULL,
    begins text NOT NULL,
    place text NOT NULL,
    leader text NOT NULL,
    UNIQUE (agency_id, held_on)
);
CREATE INDEX complaints_receptions_by_day ON complaints_receptions (held_on, id);
CREATE TABLE complaints_visits (
    id uuid PRIMARY KEY,
    reception_id uuid NOT NULL REFERENCES complaints_receptions (id),
    people bigint NOT NULL,
    about text NOT NULL,
    answer text NOT NULL,
    letter_id uuid,
    at timestamptz NOT NULL
);
CREATE INDEX complaints_visits_of_reception ON complaints_visits (reception_id, id);
