-- Lists of one procedure, of one way in, and of what is owed soon are found without reading what an agency has besides.
ALTER TABLE dossiers_agencies ADD COLUMN procedure_code text NOT NULL DEFAULT '';
ALTER TABLE dossiers_agencies ADD COLUMN entrance text NOT NULL DEFAULT '';
ALTER TABLE dossiers_agencies ADD COLUMN owed_at timestamptz;
UPDATE dossiers_agencies SET
    procedure_code = (SELECT d.procedure_code FROM dossiers d WHERE d.id = dossiers_agencies.dossier_id),
    entrance = (SELECT CASE WHEN d.channel = 'online' AND d.filed_by IS NULL THEN 'national' ELSE d.channel END
        FROM dossiers d WHERE d.id = dossiers_agencies.dossier_id),
    owed_at = (SELECT CASE WHEN d.state IN (2, 4) AND d.finished_at IS NULL THEN d.promised_at END
        FROM dossiers d WHERE d.id = dossiers_agencies.dossier_id);
CREATE INDEX dossiers_agencies_by_procedure ON dossiers_agencies (agency_id, procedure_code, dossier_id, state, entrance);
CREATE INDEX dossiers_agencies_by_entrance ON dossiers_agencies (agency_id, entrance, dossier_id, state);
CREATE INDEX dossiers_agencies_owed ON dossiers_agencies (agency_id, owed_at, dossier_id) WHERE owed_at IS NOT NULL;
