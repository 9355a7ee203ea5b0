CREATE TABLE dossiers_uploads (
    account_id uuid NOT NULL,
    file_hash text NOT NULL,
    name text NOT NULL,
    size bigint NOT NULL,
    mime text NOT NULL,
    uploaded_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, file_hash)
);
