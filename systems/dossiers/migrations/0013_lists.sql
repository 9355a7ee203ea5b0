-- The newest in one state are found without reading what an agency has in others.
ALTER TABLE dossiers_agencies ADD COLUMN state bigint NOT NULL DEFAULT 1;
UPDATE dossiers_agencies SET state = (SELECT d.state FROM dossiers d WHERE d.id = dossiers_agencies.dossier_id);
CREATE INDEX dossiers_agencies_of_dossier ON dossiers_agencies (dossier_id);
CREATE INDEX dossiers_agencies_by_state ON dossiers_agencies (agency_id, state, dossier_id);
-- Nothing is asked along it.
DROP INDEX dossiers_by_state;
