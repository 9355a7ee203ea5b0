CREATE TABLE feedback_reports (
    id uuid PRIMARY KEY,
    form_id uuid NOT NULL UNIQUE,
    secret_digest text NOT NULL,
    code text NOT NULL UNIQUE,
    sort text NOT NULL,
    kind text NOT NULL,
    lat bigint,
    lon bigint,
    place_key bigint,
    place_words text NOT NULL,
    commune_id uuid NOT NULL,
    words text NOT NULL,
    public_words text,
    public_place_words text,
    reporter_id uuid,
    contact text,
    state text NOT NULL,
    receiving_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    filed_at timestamptz NOT NULL,
    received_at timestamptz,
    public_at timestamptz,
    promised_at timestamptz,
    answered_at timestamptz,
    answer_minutes bigint,
    closed_at timestamptz,
    reopened bigint NOT NULL,
    satisfied boolean,
    supports bigint NOT NULL
);
CREATE INDEX feedback_reports_of_reporter ON feedback_reports (reporter_id, id) WHERE reporter_id IS NOT NULL;
CREATE INDEX feedback_reports_public ON feedback_reports (id) WHERE public_at IS NOT NULL;
CREATE INDEX feedback_reports_public_kind ON feedback_reports (kind, id) WHERE public_at IS NOT NULL;
CREATE INDEX feedback_reports_public_commune ON feedback_reports (commune_id, id) WHERE public_at IS NOT NULL;
CREATE INDEX feedback_reports_place ON feedback_reports (place_key) WHERE place_key IS NOT NULL;
CREATE INDEX feedback_reports_to_close ON feedback_reports (answered_at) WHERE state = 'answered';
CREATE TABLE feedback_agencies (
    agency_id uuid NOT NULL,
    report_id uuid NOT NULL,
    PRIMARY KEY (agency_id, report_id)
);
CREATE TABLE feedback_photos (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    original_hash text NOT NULL,
    clean_hash text NOT NULL,
    lat bigint,
    lon bigint,
    shown boolean NOT NULL,
    added_at timestamptz NOT NULL,
    UNIQUE (owner_id, original_hash)
);
CREATE TABLE feedback_answers (
    id uuid PRIMARY KEY,
    report_id uuid NOT NULL,
    words text NOT NULL,
    agency_id uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    approved_at timestamptz,
    sent_back_at timestamptz
);
CREATE INDEX feedback_answers_of_report ON feedback_answers (report_id, id);
CREATE TABLE feedback_remarks (
    id uuid PRIMARY KEY,
    report_id uuid NOT NULL,
    kind text NOT NULL,
    words text NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX feedback_remarks_of_report ON feedback_remarks (report_id, id);
CREATE TABLE feedback_supports (
    report_id uuid NOT NULL,
    supporter uuid NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (report_id, supporter)
);
CREATE TABLE feedback_cells (
    zoom bigint NOT NULL,
    cell bigint NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (zoom, cell)
);
CREATE TABLE feedback_sendings (
    sender text NOT NULL,
    hour bigint NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (sender, hour)
);
