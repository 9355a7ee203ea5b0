-- Several procedures are filled in beside each other and sent by one press.
ALTER TABLE dossiers_drafts ADD COLUMN bundle_id uuid;
CREATE UNIQUE INDEX dossiers_drafts_of_bundle ON dossiers_drafts (bundle_id, procedure_code);
CREATE TABLE dossiers_bundles (
    dossier_id uuid PRIMARY KEY,
    bundle_id uuid NOT NULL
);
CREATE INDEX dossiers_bundles_of_bundle ON dossiers_bundles (bundle_id);
