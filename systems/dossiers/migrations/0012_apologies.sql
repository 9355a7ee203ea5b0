-- That a dossier will be late is said once, with a new date; what was promised first stays, and figures go by it.
CREATE TABLE dossiers_apologies (
    dossier_id uuid PRIMARY KEY,
    made_at timestamptz NOT NULL,
    made_by uuid NOT NULL,
    reason text NOT NULL,
    again_at timestamptz NOT NULL
);
