CREATE TABLE samples_samples (
    id uuid PRIMARY KEY,
    title text NOT NULL,
    agency_id uuid NOT NULL,
    filed_at timestamptz NOT NULL
);
CREATE INDEX samples_samples_agency ON samples_samples (agency_id, id);
