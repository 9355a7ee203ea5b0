-- Of which dossiers it was told, before the date promised passed, that what is still planned does not fit before it.
CREATE TABLE dossiers_offers (
    dossier_id uuid PRIMARY KEY,
    promised_at timestamptz NOT NULL,
    planned_at timestamptz NOT NULL,
    told_at timestamptz NOT NULL
);
CREATE INDEX dossiers_owed ON dossiers (promised_at, id) WHERE promised_at IS NOT NULL AND finished_at IS NULL AND closed_at IS NULL;
