CREATE TABLE national_dossiers (
    id uuid NOT NULL UNIQUE,
    dossier_id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE,
    agency_id uuid NOT NULL,
    state bigint NOT NULL,
    version bigint NOT NULL,
    changed_at timestamptz NOT NULL,
    told_version bigint,
    told_state bigint,
    told_at timestamptz,
    refused text
);
CREATE INDEX national_dossiers_of_agency ON national_dossiers (agency_id, dossier_id);
CREATE INDEX national_dossiers_changed ON national_dossiers (changed_at, dossier_id);
CREATE TABLE national_arrivals (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE,
    procedure_code text NOT NULL,
    agency_id uuid,
    body text NOT NULL,
    state text NOT NULL,
    reason text,
    dossier_code text,
    arrived_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE INDEX national_arrivals_of_agency ON national_arrivals (agency_id, state, id);
CREATE INDEX national_arrivals_of_dossier ON national_arrivals (dossier_code) WHERE dossier_code IS NOT NULL;
CREATE TABLE national_files (
    arrival_id uuid NOT NULL,
    number bigint NOT NULL,
    component text NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    file_hash text,
    size bigint,
    mime text,
    PRIMARY KEY (arrival_id, number)
);
