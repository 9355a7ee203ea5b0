CREATE TABLE dossiers_consents (
    id uuid PRIMARY KEY,
    draft_id uuid NOT NULL,
    role text NOT NULL,
    number text NOT NULL,
    seal text NOT NULL,
    asked_at timestamptz NOT NULL,
    until date NOT NULL,
    person_id uuid,
    name text,
    agreed boolean,
    answered_at timestamptz
);
-- What was asked for one draft, which is also the form that its dossier was sent with.
CREATE INDEX dossiers_consents_of_draft ON dossiers_consents (draft_id, role, id);
