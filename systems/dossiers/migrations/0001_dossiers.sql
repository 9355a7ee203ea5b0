CREATE TABLE dossiers (
    id uuid PRIMARY KEY,
    form_id uuid NOT NULL UNIQUE,
    code text NOT NULL UNIQUE,
    procedure_id uuid NOT NULL,
    procedure_code text NOT NULL,
    procedure_name text NOT NULL,
    applicant_id uuid NOT NULL,
    applicant_name text NOT NULL,
    filed_by uuid,
    agency_id uuid NOT NULL,
    receiving_id uuid NOT NULL,
    case_id uuid NOT NULL,
    channel text NOT NULL,
    state bigint NOT NULL,
    answers text NOT NULL,
    fee bigint NOT NULL,
    supplements bigint NOT NULL,
    submitted_at timestamptz NOT NULL,
    received_at timestamptz,
    promised_at timestamptz,
    finished_at timestamptz,
    closed_at timestamptz
);
CREATE INDEX dossiers_of_applicant ON dossiers (applicant_id, id);
CREATE INDEX dossiers_by_state ON dossiers (agency_id, state, id);
CREATE TABLE dossiers_agencies (
    agency_id uuid NOT NULL,
    dossier_id uuid NOT NULL,
    PRIMARY KEY (agency_id, dossier_id)
);
CREATE TABLE dossiers_drafts (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    applicant_id uuid NOT NULL,
    procedure_code text NOT NULL,
    procedure_name text NOT NULL,
    agency_id uuid,
    answers text NOT NULL,
    papers text NOT NULL,
    started_at timestamptz NOT NULL,
    saved_at timestamptz NOT NULL
);
CREATE INDEX dossiers_drafts_of_owner ON dossiers_drafts (owner_id, id);
CREATE TABLE dossiers_papers (
    id uuid PRIMARY KEY,
    dossier_id uuid NOT NULL,
    component text NOT NULL,
    file_hash text NOT NULL,
    name text NOT NULL,
    size bigint NOT NULL,
    mime text NOT NULL,
    added_at timestamptz NOT NULL,
    replaced_at timestamptz
);
CREATE INDEX dossiers_papers_of_dossier ON dossiers_papers (dossier_id, id);
CREATE TABLE dossiers_supplements (
    id uuid PRIMARY KEY,
    dossier_id uuid NOT NULL,
    case_id uuid NOT NULL,
    asked_at timestamptz NOT NULL,
    asked_by uuid NOT NULL,
    reason text NOT NULL,
    marks text NOT NULL,
    answered_at timestamptz
);
CREATE INDEX dossiers_supplements_of_dossier ON dossiers_supplements (dossier_id, id);
CREATE TABLE dossiers_slips (
    id uuid PRIMARY KEY,
    dossier_id uuid NOT NULL,
    kind text NOT NULL,
    data text NOT NULL,
    promised_at timestamptz,
    made_at timestamptz NOT NULL,
    file_hash text,
    failed text
);
CREATE INDEX dossiers_slips_of_dossier ON dossiers_slips (dossier_id, id);
CREATE INDEX dossiers_slips_to_print ON dossiers_slips (id) WHERE file_hash IS NULL AND failed IS NULL;
CREATE TABLE dossiers_results (
    id uuid PRIMARY KEY,
    dossier_id uuid NOT NULL,
    case_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    name text NOT NULL,
    template text NOT NULL,
    notation text NOT NULL,
    data text NOT NULL,
    places text NOT NULL,
    stage text NOT NULL,
    number bigint,
    numbered_on date,
    signer_person uuid,
    proposed_at timestamptz NOT NULL,
    signed_at timestamptz,
    numbered_at timestamptz,
    voided_at timestamptz,
    file_hash text,
    next_at timestamptz,
    failed text
);
CREATE INDEX dossiers_results_of_dossier ON dossiers_results (dossier_id, id);
CREATE INDEX dossiers_results_to_make ON dossiers_results (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX dossiers_received ON dossiers (received_at);
