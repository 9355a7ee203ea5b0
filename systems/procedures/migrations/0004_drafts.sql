CREATE TABLE procedures_drafts (
    id uuid PRIMARY KEY,
    code text NOT NULL,
    number bigint NOT NULL,
    state text NOT NULL,
    name text NOT NULL,
    saved_by uuid NOT NULL,
    saved_at timestamptz NOT NULL,
    checked_by uuid,
    checked_at timestamptz,
    published_by uuid,
    published_at timestamptz,
    version_id uuid,
    UNIQUE (code, number)
);
CREATE INDEX procedures_drafts_version ON procedures_drafts (version_id) WHERE version_id IS NOT NULL;
CREATE TABLE procedures_draft_files (
    draft_id uuid NOT NULL,
    path text NOT NULL,
    content text NOT NULL,
    PRIMARY KEY (draft_id, path)
);
