CREATE TABLE dossiers_duties (
    id uuid PRIMARY KEY,
    dossier_id uuid NOT NULL,
    amount bigint NOT NULL,
    reason text NOT NULL,
    asked_at timestamptz NOT NULL,
    paid_at timestamptz
);
CREATE INDEX dossiers_duties_of_dossier ON dossiers_duties (dossier_id, id);
