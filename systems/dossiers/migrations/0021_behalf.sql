ALTER TABLE dossiers_drafts ADD COLUMN behalf text;
ALTER TABLE dossiers_drafts ADD COLUMN principal text;
CREATE TABLE dossiers_agents (
    dossier_id uuid PRIMARY KEY,
    behalf text NOT NULL,
    person_id uuid NOT NULL,
    name text NOT NULL,
    -- Of whoever authorised them, as it was given.
    number text,
    until date,
    checked_at timestamptz,
    checked_by uuid,
    withdrawn_at timestamptz
);
-- What somebody filed as an authorised person, newest first.
CREATE INDEX dossiers_agents_of_person ON dossiers_agents (person_id, behalf, dossier_id);
